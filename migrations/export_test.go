package migrations

// What the tests, which stand outside of the package, see of it.
var (
	UpFrom = up
	Source = source
)
