set -e
javac --release 17 -version || { echo "a JDK, 17 or newer, is needed" >&2; exit 1; }
sha256sum --check SHA256SUMS
rm -rf contract generated
mkdir contract generated
tar xzf "signalwire-video-contract-$VERSION.tar.gz" -C contract --strip-components 1
openapi-generator-cli generate --config generator.yaml
mvn --batch-mode --no-transfer-progress test
