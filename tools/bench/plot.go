package main

import (
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/plotutil"
	"gonum.org/v1/plot/vg"
)

// drawCost writes the cost of a plan against the number of objects, for each kind beside its floor and the bare provider.
func drawCost(all []*refreshes, path string) error {
	p := plot.New()
	p.Title.Text = "Plan with refresh, no latency"
	p.X.Label.Text, p.Y.Label.Text = "objects", "CPU seconds of the CLI and the provider"
	p.X.Scale, p.Y.Scale = plot.LogScale{}, plot.LogScale{}
	p.X.Tick.Marker, p.Y.Tick.Marker = plot.LogTicks{Prec: -1}, plot.LogTicks{Prec: 1}
	p.Legend.Top, p.Legend.Left = true, true
	var lines []any
	for _, name := range names(all) {
		lines = append(lines, name, pointsOf(all, name, ours))
	}
	// One floor and one bare provider are drawn: those of the biggest object.
	biggest := all[0].kind.name
	lines = append(lines, "terraform_data, like "+biggest, pointsOf(all, biggest, floor), "bare provider, like "+biggest, pointsOf(all, biggest, bare))
	if err := plotutil.AddLinePoints(p, lines...); err != nil {
		return err
	}
	return save(p, path)
}

// drawRequests writes how many requests a plan makes against the number of objects, for each kind that makes any.
func drawRequests(all []*refreshes, path string) error {
	p := plot.New()
	p.Title.Text = "Requests of a plan with refresh"
	p.X.Label.Text, p.Y.Label.Text = "objects", "requests"
	p.X.Scale, p.Y.Scale = plot.LogScale{}, plot.LogScale{}
	p.X.Tick.Marker, p.Y.Tick.Marker = plot.LogTicks{Prec: -1}, plot.LogTicks{Prec: -1}
	p.Legend.Top, p.Legend.Left = true, true
	// Kinds whose requests are the same lie on one line, which has all their names.
	var lines []plotter.XYs
	var titles [][]string
	for _, name := range names(all) {
		var points plotter.XYs
		for _, one := range all {
			if one.kind.name == name && one.requests > 0 {
				points = append(points, plotter.XY{X: float64(one.n), Y: float64(one.requests)})
			}
		}
		if len(points) == 0 {
			continue
		}
		if at := slices.IndexFunc(lines, func(other plotter.XYs) bool { return slices.Equal(other, points) }); at >= 0 {
			titles[at] = append(titles[at], name)
			continue
		}
		lines, titles = append(lines, points), append(titles, []string{name})
	}
	if len(lines) == 0 {
		return nil
	}
	for i, points := range lines {
		line, marks, err := plotter.NewLinePoints(points)
		if err != nil {
			return err
		}
		line.Color, line.Dashes = plotutil.Color(i), plotutil.Dashes(i)
		marks.Color, marks.Shape = plotutil.Color(i), plotutil.Shape(i)
		p.Add(line, marks)
		for _, title := range titles[i] {
			p.Legend.Add(title, line, marks)
		}
	}
	p.Y.Max *= 100 // The legend stands above the lines.
	return save(p, path)
}

// save leaves room at the right for the half of the last tick's label that is beyond the axis.
func save(p *plot.Plot, path string) error {
	p.X.Max *= 1.3
	return p.Save(18*vg.Centimeter, 14*vg.Centimeter, path)
}

func names(all []*refreshes) (found []string) {
	for _, one := range all {
		if !slices.Contains(found, one.kind.name) {
			found = append(found, one.kind.name)
		}
	}
	return found
}

func pointsOf(all []*refreshes, name string, of subject) plotter.XYs {
	var points plotter.XYs
	for _, one := range all {
		if one.kind.name == name && len(one.samples[of]) > 0 {
			spent := median(one.samples[of], cpu)
			points = append(points, plotter.XY{X: float64(one.n), Y: max(spent.Seconds(), 0.001)})
		}
	}
	return points
}
