package db_test

import (
	"net"
	"syscall"
	"testing"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db/dbtest"
)

// The sockets to a database end by themselves when its host falls silent.
func TestDial_boundsSilence(t *testing.T) {
	t.Parallel()
	pair := dbtest.NewPair(t)
	rush(t, auth.WithActor(t.Context(), auth.SystemActor("tester")), open(t, pair.URL()), 4)
	found := sockets(t, pair.Primary.Address())
	if len(found) == 0 {
		t.Fatal("there are no connections")
	}
	for _, fd := range found {
		for option, want := range map[int]int{18: 10_000, syscall.TCP_KEEPIDLE: 5, syscall.TCP_KEEPINTVL: 2, syscall.TCP_KEEPCNT: 3} {
			if got, err := syscall.GetsockoptInt(fd, syscall.IPPROTO_TCP, option); err != nil || got != want {
				t.Errorf("option %d is %d (%v), want %d", option, got, err, want)
			}
		}
	}
}

// sockets returns this process's connections to an address.
func sockets(t *testing.T, address string) (found []int) {
	t.Helper()
	to, err := net.ResolveTCPAddr("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	for fd := 3; fd < 1024; fd++ {
		peer, err := syscall.Getpeername(fd)
		if in4, ok := peer.(*syscall.SockaddrInet4); err == nil && ok && in4.Port == to.Port {
			found = append(found, fd)
		}
	}
	return found
}
