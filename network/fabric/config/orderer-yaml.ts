/**
 * The part of `orderer.yaml` that is the same for every orderer. An orderer takes from its environment only what the
 * file names, so the keys that differ between orderers stand here without a value.
 */
export function ordererYaml(): object {
  return {
    General: {
      ListenAddress: '127.0.0.1',
      ListenPort: 0,
      TLS: {
        Enabled: true,
        PrivateKey: '',
        Certificate: '',
        RootCAs: [],
        ClientAuthRequired: false,
        ClientRootCAs: [],
      },
      Keepalive: { ServerMinInterval: '60s', ServerInterval: '7200s', ServerTimeout: '20s' },
      Backoff: { BaseDelay: '1s', Multiplier: 1.6, MaxDelay: '5s' },
      MaxRecvMsgSize: 104857600,
      MaxSendMsgSize: 104857600,
      Cluster: {
        SendBufferSize: 200,
        ClientCertificate: '',
        ClientPrivateKey: '',
        RootCAs: [],
        ReplicationPolicy: 'consensus',
      },
      BootstrapMethod: 'none',
      LocalMSPDir: '',
      LocalMSPID: '',
      BCCSP: { Default: 'SW', SW: { Hash: 'SHA2', Security: 256 } },
      Authentication: { TimeWindow: '15m' },
    },
    FileLedger: { Location: '' },
    Operations: { ListenAddress: '', TLS: { Enabled: false } },
    Metrics: { Provider: 'prometheus' },
    Admin: {
      ListenAddress: '',
      TLS: {
        Enabled: true,
        Certificate: '',
        PrivateKey: '',
        ClientAuthRequired: true,
        RootCAs: [],
        ClientRootCAs: [],
      },
    },
    ChannelParticipation: { Enabled: true, MaxRequestBodySize: '1 MB' },
    Consensus: { WALDir: '', SnapDir: '' },
  };
}
