sha256sum --check SHA256SUMS
mkdir contract && tar xzf "signalwire-video-contract-$VERSION.tar.gz" -C contract --strip-components 1
npm ci
npx openapi-ts
npx tsc
node --test vectors.test.ts
