set -e
sha256sum --check SHA256SUMS
rm -rf contract generated
mkdir contract generated
tar xzf "signalwire-video-contract-$VERSION.tar.gz" -C contract --strip-components 1
openapi-generator-cli generate --config generator.yaml
python -m venv environment
environment/bin/python -m pip install --quiet --require-hashes -r requirements.txt
PYTHONPATH=generated environment/bin/python vectors.py
