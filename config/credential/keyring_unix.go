//go:build unix && !darwin

package credential

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/godbus/dbus/v5"
	ss "github.com/zalando/go-keyring/secret_service"
)

// findKeyring fails where there is no session bus. The library would start
// one, which holds no keyring that is of use, and stays behind.
func findKeyring() error {
	conn, err := dbus.SessionBusPrivateNoAutoStartup()
	if err != nil {
		return err
	}
	return conn.Close()
}

// findKeyringService fails where no program serves as the keyring, or would be
// started for that.
func findKeyringService(ctx context.Context) error {
	conn, err := dbus.SessionBusPrivateNoAutoStartup(dbus.WithContext(ctx))
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := conn.Auth(nil); err != nil {
		return err
	}
	if err := conn.Hello(); err != nil {
		return err
	}
	const service = "org.freedesktop.secrets"
	var runs bool
	if err := conn.BusObject().CallWithContext(ctx, "org.freedesktop.DBus.NameHasOwner", 0, service).Store(&runs); err != nil || runs {
		return err
	}
	var startable []string
	if err := conn.BusObject().CallWithContext(ctx, "org.freedesktop.DBus.ListActivatableNames", 0).Store(&startable); err != nil {
		return err
	}
	if !slices.Contains(startable, service) {
		return errors.New(service + " has no owner")
	}
	return nil
}

// keyringAbsent reports whether an error says that no program serves as the
// keyring.
func keyringAbsent(err error) bool {
	switch busErrorName(err) {
	case "org.freedesktop.DBus.Error.ServiceUnknown",
		"org.freedesktop.DBus.Error.NameHasNoOwner",
		"org.freedesktop.DBus.Error.Spawn.ServiceNotFound",
		"org.freedesktop.DBus.Error.Spawn.ExecFailed",
		"org.freedesktop.DBus.Error.Spawn.ChildExited":
		return true
	}
	return false
}

// keyringLocked reports whether an error says that the keyring is locked. The
// library has a text alone for a question for the password that was not
// answered, or that could not be asked.
func keyringLocked(err error) bool {
	return busErrorName(err) == "org.freedesktop.Secret.Error.IsLocked" ||
		strings.HasPrefix(err.Error(), "failed to unlock")
}

// keyringStillLocked looks whether the keyring is locked, which asks nobody for
// a password.
func keyringStillLocked() bool {
	service, err := ss.NewSecretService()
	if err != nil {
		return false
	}
	locked, err := service.GetLoginCollection().GetProperty("org.freedesktop.Secret.Collection.Locked")
	return err == nil && locked.Value() == true
}

func busErrorName(err error) string {
	if e, ok := errors.AsType[dbus.Error](err); ok {
		return e.Name
	}
	return ""
}
