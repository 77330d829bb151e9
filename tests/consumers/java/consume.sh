sha256sum --check SHA256SUMS
mkdir contract && tar xzf "signalwire-video-contract-$VERSION.tar.gz" -C contract --strip-components 1
openapi-generator-cli generate --config generator.yaml
mvn --batch-mode --no-transfer-progress test
