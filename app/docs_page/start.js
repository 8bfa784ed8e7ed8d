/* global SwaggerUIBundle */
SwaggerUIBundle({
  url: "/api/v1/openapi.json",
  domNode: document.getElementById("operations"),
  deepLinking: true,
  docExpansion: "list",
  displayOperationId: true,
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
});
