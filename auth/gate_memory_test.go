package auth_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"github.com/clinicql/clinicql/auth"
)

// counted lets the door count how often it looks tokens up.
func counted(d *door) *int {
	n, find := new(int), d.Find
	d.Find = func(ctx context.Context, kind auth.TokenKind, hash []byte) (auth.Actor, error) {
		*n++
		return find(ctx, kind, hash)
	}
	return n
}

func TestGateMemory(t *testing.T) {
	t.Parallel()
	t.Run("lasts for half a second", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			d := newDoor()
			n := counted(d)
			for range 10 { // at 0, 100, …, 900 ms
				d.ask("POST", here, "Authorization", "Bearer "+d.token)
				time.Sleep(100 * time.Millisecond)
			}
			if *n != 2 {
				t.Errorf("in a second it looks %d times", *n)
			}
		})
	})
	t.Run("counts from before it looks", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			d := newDoor()
			n := counted(d)
			find := d.Find
			d.Find = func(ctx context.Context, kind auth.TokenKind, hash []byte) (auth.Actor, error) {
				defer time.Sleep(400 * time.Millisecond)
				return find(ctx, kind, hash)
			}
			d.ask("POST", here, "Authorization", "Bearer "+d.token)
			time.Sleep(100 * time.Millisecond)
			d.ask("POST", here, "Authorization", "Bearer "+d.token)
			if *n != 2 {
				t.Errorf("it looks %d times", *n)
			}
		})
	})
	t.Run("holds nobody who was refused", func(t *testing.T) {
		t.Parallel()
		d := newDoor()
		n := counted(d)
		unknown, _ := auth.NewToken(auth.APIToken)
		for range 2 {
			d.ask("POST", here, "Authorization", "Bearer "+unknown)
			d.ask("POST", here, "Authorization", "Bearer "+d.brokenToken)
		}
		if *n != 4 || d.Remembered() != 0 {
			t.Errorf("it looks %d times, and remembers %d", *n, d.Remembered())
		}
	})
	t.Run("is empty after Forget", func(t *testing.T) {
		t.Parallel()
		d := newDoor()
		n := counted(d)
		d.ask("POST", here, "Authorization", "Bearer "+d.token)
		d.Forget()
		if d.Remembered() != 0 {
			t.Errorf("it remembers %d", d.Remembered())
		}
		d.ask("POST", here, "Authorization", "Bearer "+d.token)
		if *n != 2 {
			t.Errorf("it looks %d times", *n)
		}
	})
	t.Run("does not hold what was read before Forget", func(t *testing.T) {
		t.Parallel()
		d := newDoor()
		find := d.Find
		d.Find = func(ctx context.Context, kind auth.TokenKind, hash []byte) (auth.Actor, error) {
			defer d.Forget() // the session ends between reading it and remembering it
			return find(ctx, kind, hash)
		}
		if w := d.ask("POST", here, "Authorization", "Bearer "+d.token); w.Body.String() != "importer" || d.Remembered() != 0 {
			t.Errorf("it answers %q and remembers %d", w.Body, d.Remembered())
		}
	})
	t.Run("holds ten thousand", func(t *testing.T) {
		t.Parallel()
		g := auth.Gate{Find: func(context.Context, auth.TokenKind, []byte) (auth.Actor, error) {
			return auth.Actor{Name: "nino"}, nil
		}}
		h := g.Handler(http.NotFoundHandler())
		most := 0
		for range 10_001 {
			token, _ := auth.NewToken(auth.APIToken)
			r := httptest.NewRequest("POST", here, nil)
			r.Header.Set("Authorization", "Bearer "+token)
			h.ServeHTTP(httptest.NewRecorder(), r)
			most = max(most, g.Remembered())
		}
		if most != 10_000 || g.Remembered() != 1 {
			t.Errorf("at most it remembers %d, and then %d", most, g.Remembered())
		}
	})
}
