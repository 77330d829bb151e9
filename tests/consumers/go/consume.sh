set -e
sha256sum --check SHA256SUMS
rm -rf contract generated
mkdir contract generated
tar xzf "signalwire-video-contract-$VERSION.tar.gz" -C contract --strip-components 1
go tool oapi-codegen -config generator.yaml contract/openapi.open-enums.yaml
go vet ./...
go test -count=1 ./...
