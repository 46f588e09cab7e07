package restream

import (
	"testing"

	"pgregory.net/rapid"
)

// pair finds the best sum that there is: as good as the best of all ways, tried one by one.
func TestPairFindsTheBestMatching(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rows, columns := rapid.IntRange(0, 5).Draw(t, "rows"), rapid.IntRange(0, 5).Draw(t, "columns")
		weights := drawWeights(t, rows, columns)
		partners := pair(rows, columns, func(row, column int) evidence { return weights[row][column] })
		if got, want := sumOf(t, weights, partners, columns), bestSum(weights, 0, map[int]bool{}, columns); got != want {
			t.Fatalf("%v has the sum %d, and the best is %d", partners, got, want)
		}
	})
}

// A service that lists as many targets as the client accepts costs no more than a moment, and nobody is paired twice.
func TestPairIsOneToOneForLongLists(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rows, columns := rapid.IntRange(0, 30).Draw(t, "rows"), rapid.IntRange(0, 30).Draw(t, "columns")
		weights := drawWeights(t, rows, columns)
		sumOf(t, weights, pair(rows, columns, func(row, column int) evidence { return weights[row][column] }), columns)
	})
}

func drawWeights(t *rapid.T, rows, columns int) [][]evidence {
	one := rapid.Custom(func(t *rapid.T) (e evidence) {
		for kind := samePlace; kind <= sameID; kind <<= 5 {
			e.add(kind, rapid.Bool().Draw(t, "agrees"))
		}
		return e
	})
	weights := make([][]evidence, rows)
	for row := range weights {
		weights[row] = rapid.SliceOfN(one, columns, columns).Draw(t, "weights")
	}
	return weights
}

func possible(e evidence) bool { return e&(sameService|sameID) != 0 }

// sumOf fails where a column is taken twice, or by a row that it cannot be.
func sumOf(t *rapid.T, weights [][]evidence, partners []int, columns int) (sum evidence) {
	taken := map[int]bool{}
	for row, column := range partners {
		if column < 0 {
			continue
		}
		if column >= columns || taken[column] || !possible(weights[row][column]) {
			t.Fatalf("row %d has column %d of %v", row, column, partners)
		}
		taken[column] = true
		sum += weights[row][column]
	}
	return sum
}

func bestSum(weights [][]evidence, row int, taken map[int]bool, columns int) evidence {
	if row == len(weights) {
		return 0
	}
	best := bestSum(weights, row+1, taken, columns)
	for column := range columns {
		if !taken[column] && possible(weights[row][column]) {
			taken[column] = true
			best = max(best, weights[row][column]+bestSum(weights, row+1, taken, columns))
			delete(taken, column)
		}
	}
	return best
}
