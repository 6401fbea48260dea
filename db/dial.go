package db

import (
	"context"
	"net"
	"time"

	"github.com/lib/pq"
)

// How long a host may be silent. Its kernel answers, however long a statement takes;
// one that does not is gone without a word, and whoever waits for it would wait for
// a quarter of an hour.
const (
	silentIdle  = 5 * time.Second  // nothing is under way: then it is asked,
	silentAgain = 2 * time.Second  // again and again,
	silentTries = 3                // so often
	silentSent  = 10 * time.Second // what was sent is not taken
)

// A dialer makes connections that end when their host is gone.
type dialer struct{ *net.Dialer }

func newDialer() dialer {
	return dialer{&net.Dialer{
		KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: silentIdle, Interval: silentAgain, Count: silentTries},
		Control:         boundSilence,
	}}
}

// DialTimeout implements pq.Dialer.
func (d dialer) DialTimeout(network, address string, timeout time.Duration) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	return d.DialContext(ctx, network, address)
}

// socketKey is of where a connection has its socket noted.
type socketKey struct{}

// DialContext implements pq.DialerContext.
func (d dialer) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	socket, err := d.Dialer.DialContext(ctx, network, address)
	if to, ok := ctx.Value(socketKey{}).(*net.Conn); ok && err == nil {
		*to = socket
	}
	return socket, err
}

// newConnector returns what connects to an address.
func newConnector(address string) (*pq.Connector, error) {
	c, err := pq.NewConnector(address)
	if err != nil {
		return nil, err
	}
	c.Dialer(newDialer())
	return c, nil
}
