{{- define "pledgeonce.labels" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/part-of: pledgeonce
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
pledgeonce/organisation: {{ .root.Values.organisation }}
{{- end }}

{{- define "pledgeonce.selector" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end }}

{{- /* One question to a node: the page if it has one, else whether the port is open. */ -}}
{{- define "pledgeonce.question" -}}
{{- if .path }}
httpGet: { path: {{ .path }}, port: {{ .port }}{{ with .scheme }}, scheme: {{ . }}{{ end }} }
{{- else }}
tcpSocket: { port: {{ .port }} }
{{- end }}
timeoutSeconds: 10
{{- end }}
