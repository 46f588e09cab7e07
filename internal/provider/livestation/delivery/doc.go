// Package delivery holds how a channel reaches its viewers, which general and VOD2LIVE channels configure alike: `cdn` and the edge behind
// it, and content protection (`drm`).
package delivery
