// Package channels holds what general and VOD2LIVE channels have in common: the attributes and rules of their edge, content protection
// and names, what they keep in private state, and what a plan or an error says of them.
package channels
