/** Enterprise tactics in the order of an intrusion: short name in Sigma tags → id, title, and a word where space is scarce. */
const tacticTable = [
    ['reconnaissance', 'TA0043', 'Reconnaissance', 'Recon'],
    ['resource-development', 'TA0042', 'Resource Development', 'Resources'],
    ['initial-access', 'TA0001', 'Initial Access', 'Access'],
    ['execution', 'TA0002', 'Execution', 'Execution'],
    ['persistence', 'TA0003', 'Persistence', 'Persistence'],
    ['privilege-escalation', 'TA0004', 'Privilege Escalation', 'Privilege'],
    ['defense-evasion', 'TA0005', 'Defense Evasion', 'Evasion'],
    ['credential-access', 'TA0006', 'Credential Access', 'Credentials'],
    ['discovery', 'TA0007', 'Discovery', 'Discovery'],
    ['lateral-movement', 'TA0008', 'Lateral Movement', 'Lateral'],
    ['collection', 'TA0009', 'Collection', 'Collection'],
    ['command-and-control', 'TA0011', 'Command and Control', 'C2'],
    ['exfiltration', 'TA0010', 'Exfiltration', 'Exfiltration'],
    ['impact', 'TA0040', 'Impact', 'Impact'],
];
export const tactics = tacticTable.map(([name, id, title, short]) => ({ name, id, title, short }));
/** A tactic's title; an unknown name as it is. */
export const tacticTitle = (name) => tactics.find((tactic) => tactic.name === name)?.title ?? name;
/** Where ATT&CK describes a technique; undefined for what is no technique id. */
export function techniqueLink(id) {
    const found = /^(T\d{4})(?:\.(\d{3}))?$/.exec(id);
    return found ? `https://attack.mitre.org/techniques/${found[1]}/${found[2] ? `${found[2]}/` : ''}` : undefined;
}
export const levelTitle = {
    informational: 'Info',
    low: 'Low',
    medium: 'Medium',
    high: 'High',
    critical: 'Critical',
};
export const incidentStateWords = {
    observed: { title: 'Observed', means: 'related alerts too light to be worth a person’s time yet' },
    open: { title: 'Open', means: 'waits for somebody to look at it' },
    investigating: { title: 'Investigating', means: 'somebody is finding out what happened' },
    contained: { title: 'Contained', means: 'the attacker can do no more; clean-up goes on' },
    closed: { title: 'Closed', means: 'done: cleaned up, or no incident after all' },
};
export const ruleStateWords = {
    running: { title: 'Running', means: 'matched against every event of its log source' },
    disabled: { title: 'Disabled', means: 'switched off in the workspace' },
    'needs-list': { title: 'Needs list', means: 'has a placeholder that no list of the workspace fills' },
    unsupported: { title: 'Unsupported', means: 'uses something that cannot be run; see why' },
    invalid: { title: 'Invalid', means: 'the rule itself is wrong; see why' },
};
export const sourceStateWords = {
    running: { title: 'Running', means: 'records arrive or may arrive at any moment' },
    waiting: { title: 'Waiting', means: 'ready, but nothing has arrived yet' },
    failed: { title: 'Failed', means: 'does not work; the detail says why' },
    stopped: { title: 'Stopped', means: 'switched off or finished' },
};
export const roleWords = {
    viewer: 'reads what is not sensitive',
    analyst: 'works on alerts and incidents',
    engineer: 'also changes the model, rules and sources',
    approver: 'approves actions that can do harm',
    auditor: 'reads everything, the ledger too; changes nothing',
    admin: 'everything, users and tokens too',
};
