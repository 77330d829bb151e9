set -e
node --version | grep -qE '^v(2[2-9]|[3-9][0-9])\.' || { echo "Node 22 or newer is needed" >&2; exit 1; }
sha256sum --check SHA256SUMS
rm -rf contract
mkdir contract
tar xzf "signalwire-video-contract-$VERSION.tar.gz" -C contract --strip-components 1
npm ci
npx openapi-ts
npx tsc
node --test vectors.test.ts
