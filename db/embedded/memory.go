package embedded

import (
	"fmt"

	"github.com/KimMachineGun/automemlimit/memlimit"
)

// The least and the most of Postgres's own cache of pages, in MB. Beyond, what a server
// keeps for each page, cached or not, costs more than the system's cache does.
const (
	leastBuffers = 128
	mostBuffers  = 4096
)

// ofMemory returns the settings that follow from how much memory there is, in bytes: a
// quarter for Postgres's own cache, as its manual advises, of which it takes as much as it
// uses; and half for the planner to reckon with, since the server of ClinicQL is beside it.
func ofMemory(bytes uint64) []string {
	megabytes := bytes >> 20
	return []string{
		fmt.Sprintf("shared_buffers=%dMB", min(max(megabytes/4, leastBuffers), mostBuffers)),
		fmt.Sprintf("effective_cache_size=%dMB", max(megabytes/2, leastBuffers)),
	}
}

// memory returns how many bytes there are: those of the machine, or as many as the
// container may use, where they are fewer; 0 where that is not to be learned.
func memory() uint64 {
	machine, _ := memlimit.FromSystem()
	container, err := memlimit.FromCgroup()
	if err != nil || machine > 0 && machine < container {
		return machine
	}
	return container
}
