package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
)

const (
	updateUser = `mutation($id: ID!, $version: Int!, $role: Role!) {
		updateUser(input: {userId: $id, expectedVersion: $version, role: $role}) { user { role version } } }`
	deactivate = `mutation($id: ID!, $version: Int!) {
		deactivateUser(input: {userId: $id, expectedVersion: $version, reason: "has left"}) { user { isActive version } } }`
)

func TestUser(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	anybody := newVisitor(t, d)
	newUser(t, d, "admin", auth.Admin)
	admin := anybody.signedIn("admin")
	doctor, other := newPractitioner(t, d, "Doctor"), newPractitioner(t, d, "Other")
	const create = `mutation($name: String!, $practitioner: ID) {
		createUser(input: {loginName: $name, displayName: " Nino ", role: DOCTOR, practitionerId: $practitioner}) {
			user { id loginName displayName role isActive version hasSecondFactor lastSignedInAt practitioner { familyName } } userEdge { node { loginName } } passwordLink { token } } }`
	var id string
	t.Run("is added by an administrator", func(t *testing.T) {
		got := admin.in(t).ask(create, variables{"name": "nino", "practitioner": doctor.ID})
		id = got.text("createUser.user.id")
		user := got.at("createUser.user").(map[string]any)
		delete(user, "id")
		want := `{"displayName":"Nino","hasSecondFactor":false,"isActive":true,"lastSignedInAt":null,"loginName":"nino","practitioner":{"familyName":"Doctor"},"role":"DOCTOR","version":1}`
		if asJSON(user) != want || got.text("createUser.userEdge.node.loginName") != "nino" {
			t.Errorf("got %s", asJSON(got))
		}
		for name, test := range map[string]struct {
			vars variables
			want string
		}{
			"a name that somebody has":         {variables{"name": "nino"}, "INVALID input.loginName NOT_UNIQUE"},
			"a name in capitals":               {variables{"name": "Nino"}, "INVALID input.loginName BAD_FORMAT"},
			"a name with letters beyond ASCII": {variables{"name": "ნინო"}, "INVALID input.loginName BAD_FORMAT"},
			"no name":                          {variables{"name": ""}, "INVALID input.loginName TOO_SHORT"},
			"a practitioner who is a user":     {variables{"name": "second", "practitioner": doctor.ID}, "INVALID input.practitionerId NOT_UNIQUE"},
			"a practitioner who is not there":  {variables{"name": "second", "practitioner": db.NewID(db.KindPractitioner)}, "INVALID input.practitionerId UNKNOWN_REFERENCE"},
			"the id of something else":         {variables{"name": "second", "practitioner": db.NewID(db.KindPatient)}, "INVALID input.practitionerId UNKNOWN_REFERENCE"},
		} {
			if got := admin.in(t).does(create, test.vars, nil); got != test.want {
				t.Errorf("%s: %s", name, got)
			}
		}
		if n := anybody.count("SELECT count(*) FROM users"); n != 2 {
			t.Errorf("%d users", n)
		}
	})
	t.Run("is who they are among the practitioners", func(t *testing.T) {
		const link = `mutation($id: ID!, $version: Int!, $practitioner: ID) {
			updateUser(input: {userId: $id, expectedVersion: $version, practitionerId: $practitioner}) { user { practitioner { familyName } } } }`
		for version, who := range []any{other.ID, nil, doctor.ID} {
			got := admin.in(t).ask(link, variables{"id": id, "version": version + 1, "practitioner": who})
			if want := map[any]string{other.ID: "Other", nil: "", doctor.ID: "Doctor"}[who]; got.text("updateUser.user.practitioner.familyName") != want {
				t.Errorf("got %s, want %s", asJSON(got), want)
			}
		}
	})
	t.Run("keeps their name for ever", func(t *testing.T) {
		if got := admin.in(t).does(`mutation($id: ID!) { updateUser(input: {userId: $id, expectedVersion: 4, loginName: "other"}) { user { id } } }`, variables{"id": id}, nil); got == "" {
			t.Error("a name was changed")
		}
		if _, err := d.SQL.Exec("UPDATE users SET login_name = 'other'"); err == nil {
			t.Error("a name was changed in the database")
		}
	})
	t.Run("leaves and comes back, with the password they had", func(t *testing.T) {
		v := anybody.in(t)
		u := newUser(t, d, "leaver", auth.Nurse)
		session := v.signedIn("leaver")
		token, _ := session.tokenOf(auth.Nurse)
		admin := admin.in(t)
		if got := admin.does(`mutation($id: ID!) { deactivateUser(input: {userId: $id, expectedVersion: 1, reason: " "}) { user { id } } }`, variables{"id": u.ID}, nil); got != "INVALID input.reason TOO_SHORT" {
			t.Errorf("for no reason: %s", got)
		}
		admin.ask(deactivate, variables{"id": u.ID, "version": 1})
		if got := admin.does(deactivate, variables{"id": u.ID, "version": 1}, nil); got != "VERSION_CONFLICT" {
			t.Errorf("of an old version: %s", got)
		}
		if got := admin.does(deactivate, variables{"id": u.ID, "version": 2}, nil); got != "CONFLICT" {
			t.Errorf("twice: %s", got)
		}
		left := session.copied()
		for _, who := range []*visitor{session, v.bearing(token)} {
			if got := who.who(); got != "UNAUTHENTICATED" {
				t.Errorf("who has left is %s", got)
			}
		}
		if got := v.another().tries("leaver", password); got != "UNAUTHENTICATED" {
			t.Errorf("who has left signs in: %s", got)
		}
		admin.ask(`mutation($id: ID!) { reactivateUser(input: {userId: $id, expectedVersion: 2}) { user { isActive } } }`, variables{"id": u.ID})
		for _, who := range []*visitor{left, v.bearing(token)} {
			if got := who.who(); got != "UNAUTHENTICATED" {
				t.Errorf("what ended with the leaver came back with them: %s", got)
			}
		}
		session = v.signedIn("leaver")
		token, _ = session.tokenOf(auth.Nurse)
		v.change("UPDATE users SET is_active = false WHERE id = $1", u.ID) // as when both were made in the same moment
		for _, who := range []*visitor{session, v.bearing(token)} {
			if got := who.who(); got != "UNAUTHENTICATED" {
				t.Errorf("who is not active is %s", got)
			}
		}
		if n := v.count("SELECT count(*) FROM audit_entries WHERE table_name = 'users' AND reason = 'has left' AND actor = 'admin' AND kind = 'UPDATED'"); n != 1 {
			t.Errorf("%d entries hold the reason", n)
		}
	})
	t.Run("has a role, whose changes stand in the audit", func(t *testing.T) {
		admin := admin.in(t)
		admin.ask(updateUser, variables{"id": id, "version": 4, "role": "NURSE"})
		got := admin.ask(`query($id: ID!) { auditLog(where: {kind: {eq: ROLE_CHANGED}, subjectId: {eq: $id}}) { nodes { actor role subjectType user { loginName } changes { field before after } } } }`, variables{"id": id})
		want := `{"auditLog":{"nodes":[{"actor":"admin","changes":[{"after":"\"NURSE\"","before":"\"DOCTOR\"","field":"role"}],"role":"ADMIN","subjectType":"User","user":{"loginName":"admin"}}]}}`
		if asJSON(got) != want {
			t.Errorf("got %s", asJSON(got))
		}
	})
	t.Run("is managed by administrators only", func(t *testing.T) {
		for _, role := range []auth.Role{auth.Doctor, auth.Nurse, auth.Receptionist, auth.Analyst} {
			name := "no." + strings.ToLower(string(role))
			newUser(t, d, name, role)
			v := anybody.in(t).signedIn(name)
			for query, vars := range map[string]variables{
				create: {"name": "more"}, updateUser: {"id": id, "version": 5, "role": "ADMIN"}, deactivate: {"id": id, "version": 5}, createLink: {"id": id},
				`{ users { totalCount } }`: nil, `{ auditLog { totalCount } }`: nil,
			} {
				if got := v.does(query, vars, nil); got != "FORBIDDEN" {
					t.Errorf("a %s gets %s for %s", role, got, query)
				}
			}
		}
		got := admin.in(t).ask(`{ users(where: {role: {in: [DOCTOR, NURSE]}, isActive: true}) { totalCount nodes { loginName lastSignedInAt } } }`, nil)
		if got.number("users.totalCount") != 3 || got.text("users.nodes.0.loginName") != "nino" || got.at("users.nodes.0.lastSignedInAt") != nil || got.text("users.nodes.1.lastSignedInAt") == "" {
			t.Errorf("got %s", asJSON(got))
		}
	})
}

// There is always an administrator who can sign in.
func TestUser_lastAdministrator(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	here := newVisitor(t, d)
	there := newReplica(t, openDB(t, d.URL))
	first := newUser(t, d, "first", auth.Admin)
	admin := here.signedIn("first")
	refusedOf := func(t *testing.T, u *db.User) {
		t.Helper()
		admin := admin.in(t)
		for _, query := range []string{updateUser, deactivate} {
			got := admin.refused(query, variables{"id": u.ID, "version": u.Version, "role": "DOCTOR"})
			if told(got) != "CONFLICT" || got[0].Message != "this is the last administrator" {
				t.Errorf("got %s", asJSON(got))
			}
		}
	}
	t.Run("is neither demoted nor deactivated", func(t *testing.T) { refusedOf(t, first) })
	t.Run("is the last one, whoever has left", func(t *testing.T) {
		left := newUser(t, d, "left", auth.Admin)
		mustDo(t)(d.DeactivateUser(acting(t), left.ID, left.Version, "has left"))
		refusedOf(t, first)
		left, err := d.User(acting(t), left.ID)
		if err != nil {
			t.Fatal(err)
		}
		admin.in(t).ask(updateUser, variables{"id": left.ID, "version": left.Version, "role": "DOCTOR"})
		refusedOf(t, first)
	})
	t.Run("may change in other ways", func(t *testing.T) {
		admin.in(t).ask(`mutation($id: ID!) { updateUser(input: {userId: $id, expectedVersion: 1, displayName: "The first", role: ADMIN}) { user { version } } }`, variables{"id": first.ID})
	})
	t.Run("is one of two who remove each other at once", func(t *testing.T) {
		second := newUser(t, d, "second", auth.Admin)
		queries := []string{updateUser, deactivate}
		for round := range 8 {
			d.SQL.MustExec("UPDATE users SET role = 'ADMIN', is_active = true WHERE login_name IN ('first', 'second')")
			d.DB.Forget()
			pair := []*visitor{here.in(t).signedIn("first"), here.in(t).signedIn("second").at(there)}
			users := []*db.User{second, first}
			said := atOnce(2, func(i int) string {
				u, err := d.User(acting(t), users[i].ID)
				if err != nil {
					return err.Error()
				}
				return pair[i].does(queries[(round>>i)%2], variables{"id": u.ID, "version": u.Version, "role": "NURSE"}, nil)
			})
			if said["done"] != 1 || said["CONFLICT"]+said["UNAUTHENTICATED"]+said["FORBIDDEN"] != 1 {
				t.Errorf("round %d: %v", round, said)
			}
			if n := here.count("SELECT count(*) FROM users WHERE role = 'ADMIN' AND is_active"); n != 1 {
				t.Fatalf("round %d: %d administrators are left", round, n)
			}
		}
	})
}

// Who one is, for each role.
func TestViewer(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	anybody := newVisitor(t, d)
	const viewer = `{ viewer { id displayName loginName role allowedMutations hasSecondFactor recoveryCodesLeft user { displayName } sessions { totalCount } apiTokens { totalCount } } }`
	if got := asJSON(anybody.ask(`{ viewer { id displayName loginName role allowedMutations hasSecondFactor } }`, nil)); got != `{"viewer":null}` {
		t.Errorf("nobody is %s", got)
	}
	own := []string{"saveQuery", "updateSavedQuery", "deleteSavedQuery", "createApiToken", "revokeApiToken", "changePassword", "enrolSecondFactor", "confirmSecondFactor", "removeSecondFactor", "signIn", "verifySecondFactor",
		"setUpFirstAdministrator", "usePasswordLink", "signOut", "endSession"}
	slices.Sort(own)
	for _, role := range auth.Roles {
		name := strings.ToLower(string(role))
		u := newUser(t, d, name, role)
		v := anybody.signedIn(name)
		got := v.ask(viewer, nil)
		allowed := []string{}
		for _, m := range got.at("viewer.allowedMutations").([]any) {
			allowed = append(allowed, m.(string))
		}
		got.at("viewer").(map[string]any)["allowedMutations"] = len(allowed)
		want := fmt.Sprintf(`{"viewer":{"allowedMutations":%d,"apiTokens":{"totalCount":0},"displayName":"Display of %s","hasSecondFactor":false,"id":%q,"loginName":%q,`+
			`"recoveryCodesLeft":0,"role":%q,"sessions":{"totalCount":1},"user":{"displayName":"Display of %s"}}}`, len(allowed), name, u.ID, name, role, name)
		if asJSON(got) != want {
			t.Errorf("got %s, want %s", asJSON(got), want)
		}
		for _, m := range own {
			if !slices.Contains(allowed, m) {
				t.Errorf("a %s may not %s", role, m)
			}
		}
		for m, may := range map[string][]auth.Role{
			"createPatient":       {auth.Doctor, auth.Nurse, auth.Receptionist},
			"createMedicalRecord": {auth.Doctor, auth.Nurse},
			"createUser":          {auth.Admin},
		} {
			if slices.Contains(allowed, m) != slices.Contains(may, role) {
				t.Errorf("a %s is told %t of %s", role, slices.Contains(allowed, m), m)
			}
		}
		if slices.Sort(allowed); role == auth.Analyst && !slices.Equal(allowed, own) {
			t.Errorf("an analyst may %v", allowed)
		}
	}
}

// An analyst can sign in, see who they are, and have a token. There is nothing of a
// person for them: no true id finds anybody.
func TestViewer_analyst(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	anybody := newVisitor(t, d)
	patient, doctor := newPatient(t, d, "Beridze"), newPractitioner(t, d, "Doctor")
	visit, record := newAppointment(t, d, patient, doctor, 0), newRecord(t, d, patient, doctor, 1)
	newUser(t, d, "analyst", auth.Analyst)
	v := anybody.signedIn("analyst")
	token, _ := v.tokenOf(auth.Analyst)
	for _, who := range []*visitor{v, anybody.bearing(token)} {
		if got := who.who(); got != "analyst ANALYST" {
			t.Errorf("the server takes them for %s", got)
		}
		who.ask(`{ clinic { name today } __typename }`, nil)
		for _, query := range []string{
			`{ patients { nodes { mrn } } }`, `{ patients { nodes { history { totalCount } } } }`, `{ practitioners { nodes { identifiers { value } } } }`, `{ patientBy(by: {mrn: "C1000009"}) { id } }`,
			`{ searchPatients(query: "Beridze") { edges { node { id } } } }`, `{ users { totalCount } }`, `{ auditLog { totalCount } }`, `{ glassAccesses { totalCount } }`,
			`mutation { createPatient(input: {familyName: "B", sex: MALE, birthDate: "1990-01-01"}) { patient { id } } }`,
		} {
			if got := who.does(query, nil, nil); got != "FORBIDDEN" {
				t.Errorf("%s: %s", query, got)
			}
		}
		for _, id := range []fmt.Stringer{patient.ID, visit.ID, record.ID} {
			if got := who.ask(`query($id: ID!) { node(id: $id) { id } }`, variables{"id": id}); got.at("node") != nil {
				t.Errorf("got %s", asJSON(got))
			}
		}
	}
}

// Whoever signs in while somebody else is signed in by the same browser is told
// of themselves.
func TestViewer_ofANewSession(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	anybody := newVisitor(t, d)
	newUser(t, d, "coded", auth.Doctor)
	newUser(t, d, "plain", auth.Doctor)
	enrol(t, anybody, "coded")
	d.SQL.MustExec("UPDATE second_factors SET last_step = 0")
	v := anybody.signedIn("plain")
	own := enrol(t, anybody, "plain")
	d.SQL.MustExec("DELETE FROM recovery_codes WHERE user_id = (SELECT id FROM users WHERE login_name = 'plain') AND hash <> $1", auth.HashRecoveryCode(own.recovery[0]))
	d.SQL.MustExec("UPDATE second_factors SET confirmed_at = NULL WHERE user_id = (SELECT id FROM users WHERE login_name = 'coded')")
	got := v.ask(`mutation($name: String!, $password: String!) { signIn(input: {loginName: $name, password: $password}) { viewer { loginName role recoveryCodesLeft user { displayName } } } }`,
		variables{"name": "coded", "password": password})
	if want := `{"signIn":{"viewer":{"loginName":"coded","recoveryCodesLeft":10,"role":"DOCTOR","user":{"displayName":"Display of coded"}}}}`; asJSON(got) != want {
		t.Errorf("got %s", asJSON(got))
	}
}
