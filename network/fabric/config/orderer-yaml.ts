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
      // The largest envelope is 2 MiB (AbsoluteMaxBytes); between orderers a block of preferred size, with its signatures,
      // passes too. Fabric's 100 MB are memory that anybody could have an orderer set aside for each message.
      MaxRecvMsgSize: 16777216,
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
      // Off: it counts clients by their TLS certificates, and behind a door that is one, the door. What each member may do is
      // bounded there; here the size of a request is, and how many an orderer holds (`RequestPoolSize` of the channel).
      Throttling: { Rate: 0, InactivityTimeout: '5s' },
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
    // The block with which an orderer joins holds the whole configuration: more than Fabric's 1 MB with 300 members.
    ChannelParticipation: { Enabled: true, MaxRequestBodySize: '16 MB' },
    Consensus: { WALDir: '', SnapDir: '' },
  };
}
