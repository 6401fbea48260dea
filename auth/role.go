package auth

import "slices"

// Role is what an actor may be; it decides what they may do.
type Role string

// The roles of users. Nobody is who has not signed in, System is the server
// itself: imports, commands, and what is done from time to time.
const (
	Nobody       Role = ""
	Admin        Role = "ADMIN"
	Doctor       Role = "DOCTOR"
	Nurse        Role = "NURSE"
	Receptionist Role = "RECEPTIONIST"
	Analyst      Role = "ANALYST"
	System       Role = "SYSTEM"
)

// Roles are those that a user can have.
var Roles = []Role{Admin, Doctor, Nurse, Receptionist, Analyst}

// covered holds, for each role, the others whose rights it has too.
var covered = map[Role][]Role{Doctor: {Nurse, Receptionist}, Nurse: {Receptionist}}

// Covers says whether whoever has the role r may hand out the role other.
func (r Role) Covers(other Role) bool {
	return slices.Contains(Roles, other) && (r == other || slices.Contains(covered[r], other))
}

// IsCare says whether the role reads charts as a matter of course.
func (r Role) IsCare() bool { return r == Doctor || r == Nurse }
