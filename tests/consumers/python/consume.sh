set -e
sha256sum --check SHA256SUMS
rm -rf contract
mkdir contract
tar xzf "signalwire-video-contract-$VERSION.tar.gz" -C contract --strip-components 1
python -m pytest vectors.py
