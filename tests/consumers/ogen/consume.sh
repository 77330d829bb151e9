set -e
sha256sum --check SHA256SUMS
rm -rf contract generated
mkdir contract generated
tar xzf "signalwire-video-contract-$VERSION.tar.gz" -C contract --strip-components 1
go tool ogen --target generated --package wire contract/openapi.plain.yaml
go vet .
go run .
