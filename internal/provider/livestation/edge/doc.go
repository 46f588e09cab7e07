// Package edge holds the data sources of Global Edge, which delivers channels to their viewers: its profiles and their edges.
package edge
