package embedded

// settings are given on the command line, where no configuration file or ALTER
// SYSTEM can undo them.
func settings(d *directory, o Options) []string {
	args := []string{"-D", d.data(), "-k", d.socketDir(), "-p", "5432"}
	chosen := [][]string{private, durable, ofMemory(memory())}
	if o.Ephemeral {
		chosen = [][]string{private, fleeting}
	}
	for _, group := range append(chosen, o.Settings) {
		for _, setting := range group {
			args = append(args, "-c", setting)
		}
	}
	return args
}

// private keeps the cluster to ourselves and persons out of its log: errors of
// statements quote what was sent ("invalid input syntax for type date: …"), so
// only messages about the server itself are logged, and those without details.
var private = []string{
	"listen_addresses=",
	"unix_socket_permissions=0700",
	"logging_collector=off",
	"log_destination=stderr",
	"log_min_messages=log",
	"log_error_verbosity=terse",
	"log_min_error_statement=panic",
	"log_parameter_max_length=0",
	"log_parameter_max_length_on_error=0",
	"log_statement=none",
	"log_checkpoints=off",
	"log_timezone=UTC",
	"timezone=UTC",
}

// durable suits a clinic on one machine with a solid-state disk. What makes a
// commit last (fsync, synchronous_commit, full_page_writes) is on.
var durable = []string{
	"fsync=on",
	"full_page_writes=on",
	"synchronous_commit=on",
	"max_wal_size=2GB",
	"random_page_cost=1.1",
	"jit=off",
}

// fleeting suits many small databases that live for one test each.
var fleeting = []string{
	"fsync=off",
	"full_page_writes=off",
	"synchronous_commit=off",
	"dynamic_shared_memory_type=mmap", // goes away with the directory
	"wal_level=minimal",
	"max_wal_senders=0",
	"max_wal_size=1GB",
	"checkpoint_timeout=1h",
	"autovacuum=off",
	"max_connections=400",
	"shared_buffers=128MB",
	"random_page_cost=1.1",
	"jit=off",
}
