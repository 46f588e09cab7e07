package batch

import "runtime"

const (
	// longList is how many objects make a list long.
	longList = 1000
	// betweenCollections is how many of its objects are converted between two collections.
	betweenCollections = 300
)

// CollectGarbage runs the garbage collector now and then during the conversion of a long list. i is the index of the next object, n their
// number, and i is n at the end. Each object leaves garbage of many times its size, and the heap would be twice as large by the time the
// collector runs on its own. A lower GOGC would cost every other call; this costs some milliseconds per hundred objects of a long list,
// and nothing for a short one.
func CollectGarbage(i, n int) {
	if n >= longList && (i%betweenCollections == 0 || i == n) {
		runtime.GC()
	}
}
