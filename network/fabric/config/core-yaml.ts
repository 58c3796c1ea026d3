import type { Site } from '../site.js';

/**
 * The part of `core.yaml` that is the same for every peer; what differs between peers is in their environment.
 *
 * Differs from Fabric's sample where a consortium on one or few machines gains by it: a peer that was away is called
 * again after seconds; a block that lacks private data waits two seconds, not sixty, before it is committed and the
 * data fetched later; nothing waits for Docker. The peers' announcements to the channel keep the sample's pace: each
 * is verified by every peer, and at one a second that was a quarter of a busy peer's time; and they leave ten times a
 * second, not a hundred times, because blocks do not travel with them.
 */
export function coreYaml(site: Site): object {
  return {
    peer: {
      networkId: 'pledgeonce',
      addressAutoDetect: false,
      gateway: { enabled: true, endorsementTimeout: '30s', broadcastTimeout: '30s', dialTimeout: '20s' },
      keepalive: {
        interval: '7200s',
        timeout: '20s',
        minInterval: '60s',
        client: { interval: '60s', timeout: '20s' },
        deliveryClient: { interval: '60s', timeout: '20s' },
      },
      gossip: gossip(),
      tls: { enabled: true, clientAuthRequired: false },
      authentication: { timewindow: '15m' },
      BCCSP: { Default: 'SW', SW: { Hash: 'SHA2', Security: 256 } },
      localMspType: 'bccsp',
      client: { connTimeout: '3s' },
      deliveryclient: {
        blockGossipEnabled: false,
        reconnectTotalTimeThreshold: '3600s',
        connTimeout: '3s',
        reConnectBackoffThreshold: '5s',
        blockCensorshipTimeoutKey: '20s',
        minimalReconnectInterval: '100ms',
        policy: 'cluster',
      },
      handlers: {
        authFilters: [{ name: 'DefaultAuth' }, { name: 'ExpirationCheck' }, { name: 'TimeWindowCheck' }],
        decorators: [{ name: 'DefaultDecorator' }],
        endorsers: { escc: { name: 'DefaultEndorsement' } },
        validators: { vscc: { name: 'DefaultValidation' } },
      },
      discovery: {
        enabled: true,
        authCacheEnabled: true,
        authCacheMaxSize: 1000,
        authCachePurgeRetentionRatio: 0.75,
        orgMembersAllowedAccess: false,
      },
      limits: { concurrency: { endorserService: 2500, deliverService: 2500, gatewayService: 500 } },
      maxRecvMsgSize: 104857600,
      maxSendMsgSize: 104857600,
    },
    chaincode: chaincode(site),
    ledger: ledger(),
    metrics: { provider: 'prometheus' },
    operations: { tls: { enabled: false } },
  };
}

function gossip(): object {
  return {
    // One peer per organisation: each is its own leader and takes blocks from the orderers.
    useLeaderElection: false,
    orgLeader: true,
    membershipTrackerInterval: '5s',
    maxBlockCountToStore: 10,
    maxPropagationBurstLatency: '100ms',
    maxPropagationBurstSize: 10,
    propagateIterations: 1,
    propagatePeerNum: 3,
    pullInterval: '4s',
    pullPeerNum: 3,
    requestStateInfoInterval: '4s',
    publishStateInfoInterval: '4s',
    publishCertPeriod: '10s',
    skipBlockVerification: false,
    dialTimeout: '3s',
    connTimeout: '2s',
    recvBuffSize: 200,
    sendBuffSize: 500,
    digestWaitTime: '1s',
    requestWaitTime: '1500ms',
    responseWaitTime: '2s',
    aliveTimeInterval: '5s',
    aliveExpirationTimeout: '20s',
    reconnectInterval: '5s',
    maxConnectionAttempts: 120,
    msgExpirationFactor: 20,
    election: {
      startupGracePeriod: '15s',
      membershipSampleInterval: '1s',
      leaderAliveThreshold: '10s',
      leaderElectionDuration: '5s',
    },
    pvtData: {
      pullRetryThreshold: '2s',
      transientstoreMaxBlockRetention: 20000,
      pushAckTimeout: '3s',
      btlPullMargin: 10,
      reconcileBatchSize: 50,
      reconcileSleepInterval: '5s',
      reconciliationEnabled: true,
      skipPullingInvalidTransactionsDuringCommit: true,
      implicitCollectionDisseminationPolicy: { requiredPeerCount: 0, maxPeerCount: 1 },
    },
    state: { enabled: false },
  };
}

function chaincode(site: Site): object {
  return {
    externalBuilders: [
      { name: 'pledgeonce', path: site.builder, propagateEnvironment: ['PLEDGEONCE_CHAINCODE_CONNECTIONS'] },
    ],
    installTimeout: '60s',
    startuptimeout: '60s',
    executetimeout: '30s',
    mode: 'net',
    keepalive: 0,
    system: { _lifecycle: 'enable', cscc: 'enable', lscc: 'enable', qscc: 'enable' },
    logging: { level: 'info', shim: 'warning' },
    runtimeParams: {
      useWriteBatch: true,
      maxSizeWriteBatch: 1000,
      useGetMultipleKeys: true,
      maxSizeGetMultipleKeys: 1000,
    },
  };
}

function ledger(): object {
  return {
    state: { stateDatabase: 'goleveldb', totalQueryLimit: 100000 },
    history: { enableHistoryDatabase: true },
    pvtdataStore: {
      collElgProcMaxDbBatchSize: 5000,
      collElgProcDbBatchesInterval: 1000,
      deprioritizedDataReconcilerInterval: '60m',
      purgeInterval: 100,
      purgedKeyAuditLogging: true,
    },
  };
}
