package db

// SetPoolSize bounds the connections, to show what waits for one while it holds another.
func (d *DB) SetPoolSize(n int) {
	for _, pool := range d.pools {
		pool.SetMaxOpenConns(n)
	}
}

// ConstraintFields are the constraints whose errors are told as problems of a field.
var ConstraintFields = constraintFields
