set -e
sha256sum --check SHA256SUMS
rm -rf contract generated
mkdir contract generated
tar xzf "signalwire-video-contract-$VERSION.tar.gz" -C contract --strip-components 1
sed -i 's/anyOf:/oneOf:/' contract/openapi.open-enums.yaml
openapi-generator-cli generate --config generator.yaml
cargo test
