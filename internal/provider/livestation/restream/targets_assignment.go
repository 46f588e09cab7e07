package restream

import (
	"math"
	"slices"
)

// pair assigns each row a different column, or -1, so that the sum of the evidence is greatest. It is the Hungarian algorithm: rows are
// added one by one, and each may move earlier ones to other columns, along the cheapest path.
func pair(rows, columns int, weigh func(row, column int) evidence) []int {
	// Both sides are padded to the same length with partners of no evidence. Index 0 stands for no row and no column.
	size := max(rows, columns)
	weights := make([][]evidence, size+1)
	for row := range weights {
		weights[row] = make([]evidence, size+1)
		for column := range weights[row] {
			if row >= 1 && row <= rows && column >= 1 && column <= columns {
				if e := weigh(row-1, column-1); e&(sameService|sameID) != 0 {
					weights[row][column] = e
				}
			}
		}
	}
	rowPrice, columnPrice := make([]evidence, size+1), make([]evidence, size+1)
	rowOf := make([]int, size+1)
	for row := 1; row <= size; row++ {
		rowOf[0] = row
		column, visited, before := 0, make([]bool, size+1), make([]int, size+1)
		slack := slices.Repeat([]evidence{math.MaxInt64}, size+1)
		for rowOf[column] != 0 {
			visited[column] = true
			next, least := 0, evidence(math.MaxInt64)
			for other := 1; other <= size; other++ {
				if visited[other] {
					continue
				}
				if cost := -weights[rowOf[column]][other] - rowPrice[rowOf[column]] - columnPrice[other]; cost < slack[other] {
					slack[other], before[other] = cost, column
				}
				if slack[other] < least {
					next, least = other, slack[other]
				}
			}
			for other := range visited {
				if visited[other] {
					rowPrice[rowOf[other]] += least
					columnPrice[other] -= least
				} else {
					slack[other] -= least
				}
			}
			column = next
		}
		for column != 0 {
			rowOf[column] = rowOf[before[column]]
			column = before[column]
		}
	}
	partners := slices.Repeat([]int{-1}, rows)
	for column := 1; column <= columns; column++ {
		if row := rowOf[column]; row <= rows && weights[row][column] != 0 {
			partners[row-1] = column - 1
		}
	}
	return partners
}
