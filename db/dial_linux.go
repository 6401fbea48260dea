package db

import (
	"strings"
	"syscall"
)

// tcpUserTimeout is the option of Linux (TCP_USER_TIMEOUT) for how long what was
// sent may go without an acknowledgement, in milliseconds.
const tcpUserTimeout = 18

func boundSilence(network, _ string, socket syscall.RawConn) (err error) {
	if !strings.HasPrefix(network, "tcp") {
		return nil
	}
	controlled := socket.Control(func(fd uintptr) {
		err = syscall.SetsockoptInt(int(fd), syscall.IPPROTO_TCP, tcpUserTimeout, int(silentSent.Milliseconds()))
	})
	if controlled != nil {
		return controlled
	}
	return err
}
