package db

import (
	"context"

	"github.com/clinicql/clinicql/auth"
	"github.com/google/uuid"
)

// Viewer is the user who acts, in the role in which they do.
type Viewer struct {
	User             *User
	Role             auth.Role
	AllowedMutations []string
}

// Viewer returns who acts; nil before sign-in, and for the server itself.
func (d *DB) Viewer(ctx context.Context) (*Viewer, error) {
	actor, _ := auth.From(ctx)
	if actor.UserID == uuid.Nil {
		return nil, nil
	}
	u, err := d.User(live(ctx), actor.UserID)
	if err != nil {
		return nil, err
	}
	return &Viewer{User: u, Role: actor.Role}, nil
}

// ID is stable for the user.
func (v *Viewer) ID() uuid.UUID { return v.User.ID }

// DisplayName returns the name that others see.
func (v *Viewer) DisplayName() string { return v.User.DisplayName }

// LoginName returns the name to sign in with.
func (v *Viewer) LoginName() string { return v.User.LoginName }

// HasSecondFactor says whether the viewer is asked for a code at sign-in.
func (v *Viewer) HasSecondFactor(ctx context.Context) (bool, error) {
	return v.User.HasSecondFactor(ctx)
}

// RecoveryCodesLeft counts the viewer's unused recovery codes.
func (v *Viewer) RecoveryCodesLeft(ctx context.Context) (int32, error) {
	return v.User.batch.db.recoveryCodesLeft(ctx, v.User.ID)
}

// Sessions returns a page of where the viewer is and was signed in.
func (v *Viewer) Sessions(ctx context.Context, first *int32, after *string, last *int32, before *string) (*SessionConnection, error) {
	return v.User.Sessions(ctx, first, after, last, before)
}

// ApiTokens returns a page of the viewer's tokens.
func (v *Viewer) ApiTokens(ctx context.Context, first *int32, after *string, last *int32, before *string) (*ApiTokenConnection, error) {
	return v.User.ApiTokens(ctx, first, after, last, before)
}

// OpenGlass returns the charts that are open to the viewer because they broke the glass.
func (v *Viewer) OpenGlass(ctx context.Context) ([]*GlassAccess, error) {
	return v.User.batch.db.OpenGlass(live(ctx))
}
