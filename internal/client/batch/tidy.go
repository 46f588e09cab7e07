package batch

import "runtime"

const (
	// longList is from how many objects on a list is long.
	longList = 1000
	// tidied is how many of its objects are handled between two collections.
	tidied = 300
)

// Tidy collects garbage now and then while a long list of n objects is gone through; i is the object whose turn it is, n when all have had
// theirs. Each leaves many times its size behind, and the heap would be twice as large by the time the collector runs by itself. One that
// always ran more often would cost every other call; this costs a long list some milliseconds per hundred objects, and a short one nothing.
func Tidy(i, n int) {
	if n >= longList && (i%tidied == 0 || i == n) {
		runtime.GC()
	}
}
