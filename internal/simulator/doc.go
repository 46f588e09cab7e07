// Package simulator serves the Live Station API, the part of Global Edge that its channels need, and a PRISM service on
// loopback, for tests and for people who want to try the provider without an account.
//
// It is the other side of the wire. It is written from the API references alone and shares no code with the clients, so
// that a misunderstanding in one of them is not repeated here. It is strict where the references are definite, and where
// they leave a choice open the choice is a Quirk that can be switched on.
//
// Every Simulator holds its own state, so tests can run many of them side by side. All methods may be called from any
// goroutine, and everything that is handed out is a copy.
//
// # Where to send requests
//
// Live Station is at URL, Global Edge at EdgeURL, PRISM at PrismEndpoint; Env has all three as the provider's variables.
// Global Edge listens on a port of its own, because it is another host: neither knows the other's paths. Only with
// WithListener both are on one address.
//
// # What a test does from the outside
//
//   - Things of other teams: AddGeneralChannel, AddVODChannel, AddSchedule, AddRestreamChannel, AddQualityProfile,
//     AddQualitySet, AddEdgeProfile, AddEdge, AddCurtainContent, AddLive, AddPrismChannel.
//   - Values that change behind the provider's back: EditGeneralChannel and its like; SetGeneralChannelStatus and
//     SetVODChannelStatus for a status with its consequences; Remove... for what vanishes without a trace.
//   - Streams: StartEncoder and StopEncoder for general channels, SetPublishing for re-stream channels. A VOD2LIVE
//     channel streams by its schedule, as the clock moves. With WithIngest, an RTMP server calls OpenFeed for real encoders;
//     package ingest has one. Feeds lists them.
//   - Time: Advance moves the world's clock, SetClockOffset the gateway's. SetCreation makes creations slow,
//     SetEdgeDelay edges, SetFileLength says how long a file of a schedule plays.
//   - What fails: FailProcessingOf, RemoveFile, SetEdgeLimit, SetThrottle, and Inject for any route of RouteNames.
//   - What exists: GeneralChannels, ActiveGeneralChannels, VODChannels, Schedules, QualityProfiles, QualitySets, Edges,
//     ActiveEdges, Recordings, Curtains, Callbacks, DefaultCallback and their like. Active... leaves out what is gone.
//   - What was asked: Requests, RequestsTo, Routes, Count, Writes; Request.Service tells the services apart.
//
// Every seed has what an account has: DefaultQualitySetID, DefaultLowLatencySetID, DefaultEdgeProfileID and
// DefaultEdgeID.
package simulator
