// What OCSF's activity an event of Windows is within its class, and which events say by themselves how it went.

/** service | EventID:activity_id … */
const table = `
sysmon | 1:1 2:6 3:1 5:2 6:1 7:1 8:4 9:2 10:3 11:1 12:99 13:2 14:5 15:1 17:1 18:14 22:1 23:4 25:99 26:4 27:1 28:4 29:1
powershell | 4103:1 4104:1
powershell-classic | 400:1 403:2 600:1 800:1
security | 1100:7 1102:1 4608:6 4624:1 4625:1 4634:2 4647:2 4648:1 4649:1 4656:14 4657:2 4660:4 4661:14 4663:2 4670:7 4672:1 4688:1 4689:2 4697:1 4698:1 4699:3 4700:4 4701:5 4702:2 4704:1 4705:2 4717:1 4718:2
security | 4720:1 4722:2 4723:3 4724:4 4725:5 4726:6 4727:6 4728:3 4729:4 4730:5 4731:6 4732:3 4733:4 4734:5 4735:99 4737:99 4738:99 4740:9 4741:1 4742:99 4743:6 4744:6 4746:3 4747:4 4748:5 4749:6 4751:3 4752:4 4753:5
security | 4754:6 4755:99 4756:3 4757:4 4758:5 4759:6 4761:3 4762:4 4764:99 4765:99 4767:12 4768:3 4769:4 4770:5 4771:6 4772:3 4773:4 4776:1 4777:1 4778:1 4779:2 4781:99 4794:4 4964:1 5058:2 5059:2 5061:2
security | 5136:3 5137:1 5138:8 5139:5 5141:4 5140:14 5142:1 5143:3 5144:4 5145:14 5152:5 5154:99 5155:5 5156:1 5157:5 5158:99 5159:5
system | 104:1 6005:6 6006:7 7045:1 7040:2 7036:99 7031:4 7034:4
taskscheduler | 106:1 129:6 140:2 141:3 142:5 200:6 201:99
windefend | 1006:1 1015:1 1116:1 1117:2 1119:2 1121:1 1122:1
bits-client | 3:1 59:1 60:2 61:2 16403:1
terminalservices-localsessionmanager | 21:1 22:1 23:2 24:2 25:1 39:2 40:2
codeintegrity-operational | 3001:1 3033:1 3034:1 3077:1 3076:1
applocker | 8002:1 8003:1 8004:1 8005:1 8006:1 8007:1
dns-client | 3006:1 3008:2
dns-server-analytic | 256:1 257:2
ntlm | 8001:1 8002:1 8003:1 8004:1
openssh | 4:1
`
const acts = new Map<string, Map<number, number>>()
for (const line of table.trim().split('\n')) {
  const [service = '', pairs = ''] = line.split('|').map((cell) => cell.trim())
  const ids = acts.get(service) ?? new Map<number, number>()
  for (const pair of pairs.split(' ')) {
    const [id, activity] = pair.split(':').map(Number)
    if (id !== undefined && activity !== undefined) ids.set(id, activity)
  }
  acts.set(service, ids)
}

/** OCSF activity_id of an event; undefined where the table does not say. */
export const activityOf = (service: string, eventId: number): number | undefined => acts.get(service)?.get(eventId)
