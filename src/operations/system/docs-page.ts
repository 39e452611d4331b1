import { html, type PageReply } from '#/platform/http/page.ts'

/** Swagger UI over /openapi.json. Its files come from the Worker itself; nothing is loaded from elsewhere. */
export const docsPage = (nonce: string): PageReply => ({
  nonce,
  html: html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Lyceum API reference</title>
<link rel="stylesheet" href="/docs-assets/swagger-ui.css" nonce="${nonce}">
</head>
<body>
<div id="reference"></div>
<script nonce="${nonce}" src="/docs-assets/swagger-ui-bundle.js"></script>
<script nonce="${nonce}">
SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#reference',
  deepLinking: true,
  docExpansion: 'none',
  filter: true,
  tryItOutEnabled: true,
  validatorUrl: null,
})
</script>
</body>
</html>`,
})
