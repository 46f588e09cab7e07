package simulator

import (
	"net/http"
	"slices"
	"strconv"
	"time"
)

// tokenLifetime is how long an access token from a refresh lives.
const tokenLifetime = time.Hour

// PrismUser is a user of the customer's service.
type PrismUser struct {
	ID        string
	Name      string
	Thumbnail string
}

type prismUser struct{ PrismUser }

type accessToken struct {
	user    string
	expires time.Time // zero: never
	expired bool
}

// prismWorld is what the PRISM service knows.
type prismWorld struct {
	users    []*prismUser
	channels []*PrismChannel
	lives    []*liveRecord
	cuts     []Cut
	lists    int // lists given so far, for the quirk that shuffles them

	tokens                 map[string]*accessToken
	refresh                map[string]string // refresh token -> user id
	clientID, clientSecret string
}

func newPrismWorld() prismWorld {
	return prismWorld{
		tokens: map[string]*accessToken{}, refresh: map[string]string{},
		clientID: defaultClientID, clientSecret: defaultClientSecret,
	}
}

// AccessToken is the first access token of DefaultUserID. It never expires unless ExpireToken is called.
func (s *Simulator) AccessToken() string { return defaultAccessToken }

// ClientID is the client id that the token call wants.
func (s *Simulator) ClientID() string { return s.prism.clientID }

// ClientSecret belongs to ClientID.
func (s *Simulator) ClientSecret() string { return s.prism.clientSecret }

// RefreshToken is the first refresh token of DefaultUserID.
func (s *Simulator) RefreshToken() string { return defaultRefreshToken }

// AddPrismUser makes a user, or renames one.
func (s *Simulator) AddPrismUser(user PrismUser) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.addUser(user)
}

func (s *Simulator) addUser(user PrismUser) {
	if user.Name == "" {
		user.Name = user.ID
	}
	s.prism.users = slices.DeleteFunc(s.prism.users, func(u *prismUser) bool { return u.ID == user.ID })
	s.prism.users = append(s.prism.users, &prismUser{user})
}

// IssueToken makes a new access token for a user; it expires by the world's clock, or never if lifetime is 0.
func (s *Simulator) IssueToken(userID string, lifetime time.Duration) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.newToken(userID, lifetime)
}

func (s *Simulator) newToken(userID string, lifetime time.Duration) string {
	token := "at-" + randomHex(16)
	t := &accessToken{user: userID}
	if lifetime > 0 {
		t.expires = s.now().Add(lifetime)
	}
	s.prism.tokens[token] = t
	return token
}

// ExpireToken lets every access token that was issued so far expire. Refresh tokens stay good.
func (s *Simulator) ExpireToken() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, t := range s.prism.tokens {
		t.expired = true
	}
}

// RevokeRefreshToken voids every refresh token that was issued so far.
func (s *Simulator) RevokeRefreshToken() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.prism.refresh)
}

// userOf is the user whose token a request carries, or the reason why there is none.
func (s *Simulator) userOf(c *call) (*prismUser, string) {
	given := c.header.Get("x-prism-access-token")
	if given == "" {
		return nil, "x-prism-access-token is missing"
	}
	t := s.prism.tokens[given]
	if t == nil {
		return nil, "the access token is unknown"
	}
	if t.expired || (!t.expires.IsZero() && !s.now().Before(t.expires)) {
		return nil, "the access token has expired"
	}
	for _, u := range s.prism.users {
		if u.ID == t.user {
			return u, ""
		}
	}
	return nil, "the user of the access token does not exist"
}

// issueToken is the token call (PRISM reference 2.2). The authorization-code grant needs a browser and is refused.
func (s *Simulator) issueToken(c *call) answer {
	parameter := "refresh_token"
	if s.on(QuirkTokenParameter) {
		parameter = "token"
	}
	if name := oddParameter(c, []string{"grant_type", parameter, "redirect_uri", "code", "state"}); name != "" {
		return s.tokenRefuse(http.StatusBadRequest, "invalid_request", "query parameter "+name+" is unknown or given twice")
	}
	if c.header.Get("x-prism-client-id") != s.prism.clientID || c.header.Get("x-prism-client-secret") != s.prism.clientSecret {
		return s.tokenRefuse(http.StatusUnauthorized, "invalid_client", "client id or secret is missing or wrong")
	}
	switch c.query.Get("grant_type") {
	case "refresh_token":
	case "":
		return s.tokenRefuse(http.StatusBadRequest, "invalid_request", "grant_type is missing")
	case "authorization_code":
		return s.tokenRefuse(http.StatusBadRequest, "invalid_grant", "no code was ever given out")
	default:
		return s.tokenRefuse(http.StatusBadRequest, "unsupported_grant_type", "no such grant_type")
	}
	given := c.query.Get(parameter)
	if given == "" {
		return s.tokenRefuse(http.StatusBadRequest, "invalid_request", parameter+" is missing")
	}
	userID, ok := s.prism.refresh[given]
	if !ok {
		return s.tokenRefuse(http.StatusBadRequest, "invalid_grant", "the refresh token is unknown, used or revoked")
	}

	o := object{
		"access_token": s.newToken(userID, tokenLifetime), "refresh_token": given,
		"expires_in": int(tokenLifetime / time.Second), "token_type": "bearer",
	}
	if s.on(QuirkTokenRotates) {
		next := "rt-" + randomHex(16)
		delete(s.prism.refresh, given)
		s.prism.refresh[next] = userID
		o["refresh_token"] = next
	}
	if s.on(QuirkTokenWithoutRefresh) {
		delete(o, "refresh_token")
	}
	switch {
	case s.on(QuirkTokenWithoutExpiry):
		delete(o, "expires_in")
	case s.on(QuirkTokenExpiryString):
		o["expires_in"] = strconv.Itoa(int(tokenLifetime / time.Second))
	}
	if s.on(QuirkTokenWrapped) {
		return jsonAnswer(http.StatusOK, s.envelope(true, 0, nil, nil, o))
	}
	return jsonAnswer(http.StatusOK, o)
}

func (s *Simulator) tokenRefuse(status int, name, reason string) answer {
	if s.on(QuirkTokenErrorEnvelope) {
		return s.prismRefuse(prismFault{status, status * 100, name, reason}, reason)
	}
	a := jsonAnswer(status, object{"error": name, "error_description": reason})
	a.code, a.reason = name, reason
	return a
}

func (s *Simulator) getUser(c *call) answer {
	user := object{"userId": c.user.ID, "userName": c.user.Name, "profileThumbnail": orNull(c.user.Thumbnail)}
	if s.on(QuirkUserFlat) {
		return s.prismOK(user)
	}
	return s.prismOK(object{"user": user})
}
