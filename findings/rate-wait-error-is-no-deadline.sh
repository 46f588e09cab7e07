#!/bin/sh
# Limiter.Wait of golang.org/x/time/rate gives up at once if the turn would come after the context's deadline. Its error is then none that
# errors.Is finds context.DeadlineExceeded in, and the context has not ended, so code that tells a timeout from other faults by either takes
# it for another fault. A wait that a cancellation ends does return the context's error.
# Exits with 0 as long as that is so, with 1 once it has changed, and with 2 if it cannot tell.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > go.mod <<'MOD'
module finding

go 1.26
MOD
cat > main.go <<'GO'
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"golang.org/x/time/rate"
)

func main() {
	limiter := rate.NewLimiter(rate.Every(time.Hour), 1)
	if !limiter.Allow() {
		os.Exit(2)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	late := limiter.Wait(ctx)
	ended := ctx.Err()
	cancel()
	cancelled := limiter.Wait(ctx)
	fmt.Printf("output:    deadline before the turn: %v; a deadline by errors.Is: %t; error of the context: %v\n", late, errors.Is(late, context.DeadlineExceeded), ended)
	fmt.Printf("output:    cancelled: %v; a cancellation by errors.Is: %t\n", cancelled, errors.Is(cancelled, context.Canceled))
	if late == nil || !errors.Is(cancelled, context.Canceled) {
		os.Exit(2)
	}
	if errors.Is(late, context.DeadlineExceeded) || ended != nil {
		os.Exit(1)
	}
}
GO
go get golang.org/x/time@v0.16.0 > get.log 2>&1 || { cat get.log; exit 2; }
go build -o finding . > build.log 2>&1 || { cat build.log; exit 2; }

echo "version:   $(go list -m golang.org/x/time)"
echo "behaviour: the error of a wait that the deadline does not leave time for is no context.DeadlineExceeded"
code=0
./finding || code=$?
case $code in
0) echo "result:    as described" ;;
1) echo "result:    changed" ;;
esac
exit "$code"
