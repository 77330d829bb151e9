sha256sum --check SHA256SUMS
mkdir contract && tar xzf "signalwire-video-contract-$VERSION.tar.gz" -C contract --strip-components 1
sed -i 's/anyOf:/oneOf:/' contract/openapi.yaml
openapi-generator-cli generate --config generator.yaml
cargo test
