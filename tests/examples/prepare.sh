#!/bin/bash
# The connectors and files that the examples start from, in $EXAMPLES_FOLDER/template, as imports leave them.
set -euo pipefail
mkdir -p "$HOME"
cd work
printf 'cacert = "%s"\nfail-with-body\n' "$MCP_RUNTIME_CA_BUNDLE" > "$HOME/.curlrc"
mcp-runtime import https://petstore3.swagger.io/api/v3/openapi.json --name petstore --command-prefix Pet
# Others with tools of their own, so that the pet store's have no prefix.
for name in crm mail drive test-one; do
    sed "s|listCustomers|${name}List|; s|getCustomer|${name}Get|" openapi.json > "$name.json"
    mcp-runtime import "$name.json" --name "$name" --include-path '/customers/**'
done
connectors="$HOME/.local/share/mcp-runtime/connectors"
key='api_key: { type: api_key, location: header, key_name: api_key }'
sed -i "s|$key|api_key: { type: basic }|" "$connectors/crm.yaml"
sed -i "s|$key|api_key: { type: oauth2, flows: [client_credentials], token_url: 'https://id.example.com/token' }|" "$connectors/mail.yaml"
sed -i "s|$key|api_key: { type: oauth2, flows: [authorization_code], token_url: 'https://id.example.com/token', authorization_url: 'https://id.example.com/ask' }|" "$connectors/drive.yaml"
mkdir connectors
cp "$connectors/petstore.yaml" petstore.yaml
cp "$connectors/petstore.yaml" connectors/petstore.yaml
sed 's/name: petstore/name: shop/' petstore.yaml > shop.yaml
cd "$EXAMPLES_FOLDER"
mkdir template
cp -r home template/home
cp -r work template/work
