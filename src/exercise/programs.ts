// Windows programs that run at Fernhill, with what Sysmon says about their files.
import { hexOf } from './dice.ts'

export interface Program {
  readonly image: string
  readonly version: string
  readonly description: string
  readonly product: string
  readonly company: string
  readonly original: string
  readonly hashes: string
}

const system = 'C:\\Windows\\System32'
const office = 'C:\\Program Files\\Microsoft Office\\root\\Office16'

// key | path | description | original file name (empty: the file's own) ; what is alike follows from the path
const table = `
word | ${office}\\WINWORD.EXE | Microsoft Word | WinWord.exe
excel | ${office}\\EXCEL.EXE | Microsoft Excel | Excel.exe
powerpoint | ${office}\\POWERPNT.EXE | Microsoft PowerPoint | POWERPNT.EXE
outlook | ${office}\\OUTLOOK.EXE | Microsoft Outlook | Outlook.exe
pdf | C:\\Program Files\\Fable Reader\\FableReader.exe | Fable PDF Reader |
edge | C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe | Microsoft Edge |
edgeUpdate | C:\\Program Files (x86)\\Microsoft\\EdgeUpdate\\MicrosoftEdgeUpdate.exe | Microsoft Edge Update |
teams | C:\\Program Files\\WindowsApps\\MSTeams_25060.205.3499.6849_x64__8wekyb3d8bbwe\\ms-teams.exe | Microsoft Teams |
clinicdesk | C:\\Program Files\\Fernhill\\ClinicDesk\\ClinicDesk.exe | Fernhill ClinicDesk |
ledgerpro | C:\\Program Files\\LedgerPro\\LedgerPro.exe | LedgerPro Accounting |
code | C:\\Program Files\\Microsoft VS Code\\Code.exe | Visual Studio Code | electron.exe
git | C:\\Program Files\\Git\\cmd\\git.exe | Git for Windows |
gitSsh | C:\\Program Files\\Git\\usr\\bin\\ssh.exe | OpenSSH for Git |
node | C:\\Program Files\\nodejs\\node.exe | Node.js JavaScript Runtime |
docker | C:\\Program Files\\Docker\\Docker\\resources\\bin\\docker.exe | Docker CLI |
explorer | C:\\Windows\\explorer.exe | Windows Explorer | EXPLORER.EXE
userinit | ${system}\\userinit.exe | Userinit Logon Application | USERINIT.EXE
winlogon | ${system}\\winlogon.exe | Windows Logon Application | WINLOGON.EXE
services | ${system}\\services.exe | Services and Controller app | services.exe
svchost | ${system}\\svchost.exe | Host Process for Windows Services |
lsass | ${system}\\lsass.exe | Local Security Authority Process |
taskhost | ${system}\\taskhostw.exe | Host Process for Windows Tasks |
broker | ${system}\\RuntimeBroker.exe | Runtime Broker |
background | ${system}\\backgroundTaskHost.exe | Background Task Host |
dllhost | ${system}\\dllhost.exe | COM Surrogate |
conhost | ${system}\\conhost.exe | Console Window Host | CONHOST.EXE
search | ${system}\\SearchProtocolHost.exe | Microsoft Windows Search Protocol Host |
spooler | ${system}\\spoolsv.exe | Spooler SubSystem App |
notepad | ${system}\\notepad.exe | Notepad | NOTEPAD.EXE
cmd | ${system}\\cmd.exe | Windows Command Processor | Cmd.Exe
powershell | ${system}\\WindowsPowerShell\\v1.0\\powershell.exe | Windows PowerShell | PowerShell.EXE
mmc | ${system}\\mmc.exe | Microsoft Management Console |
mstsc | ${system}\\mstsc.exe | Remote Desktop Connection |
rdpclip | ${system}\\rdpclip.exe | RDP Clipboard Monitor |
gpupdate | ${system}\\gpupdate.exe | Microsoft Group Policy Update Utility | GPUpdate.exe
ssh | ${system}\\OpenSSH\\ssh.exe | OpenSSH for Windows |
ipconfig | ${system}\\ipconfig.exe | IP Configuration Utility |
ping | ${system}\\PING.EXE | TCP/IP Ping Command |
whoami | ${system}\\whoami.exe | whoami - displays logged on user information |
net | ${system}\\net.exe | Net Command |
net1 | ${system}\\net1.exe | Net Command |
nltest | ${system}\\nltest.exe | Microsoft Logon Server Test Utility | nltestrk.exe
systeminfo | ${system}\\systeminfo.exe | Displays system information | sysinfo.exe
tasklist | ${system}\\tasklist.exe | Lists the current running tasks |
rundll32 | ${system}\\rundll32.exe | Windows host process (Rundll32) | RUNDLL32.EXE
fodhelper | ${system}\\fodhelper.exe | Features On Demand Helper | FodHelper.EXE
findstr | ${system}\\findstr.exe | Find String (QGREP) Utility | FINDSTR.EXE
wevtutil | ${system}\\wevtutil.exe | Eventing Command Line Utility |
defender | C:\\ProgramData\\Microsoft\\Windows Defender\\Platform\\4.18.25110.5-0\\MsMpEng.exe | Antimalware Service Executable |
`

const microsoft = /\\Windows\\|\\Microsoft|MSTeams/
const baseName = (path: string): string => path.slice(path.lastIndexOf('\\') + 1)

function programOf(image: string, description: string, original: string): Program {
  const own = microsoft.test(image) && !image.includes('Git')
  const officeSuite = image.includes('Office16')
  return {
    image,
    version: own ? (officeSuite ? '16.0.18730.20142' : '10.0.26100.4652') : '4.18.2.0',
    description,
    product: officeSuite ? 'Microsoft Office' : own ? 'Microsoft® Windows® Operating System' : description,
    company: own ? 'Microsoft Corporation' : '-',
    original: original === '' ? baseName(image) : original,
    hashes: `SHA256=${hexOf(64, 'sha256', image).toUpperCase()},IMPHASH=${hexOf(32, 'imphash', image).toUpperCase()}`,
  }
}

const programs: ReadonlyMap<string, Program> = new Map(
  table
    .trim()
    .split('\n')
    .map((line) => {
      const [key = '', image = '', description = '', original = ''] = line
        .split(' | ')
        .map((c) => c.replace(/\|$/, '').trim())
      return [key, programOf(image, description, original)]
    }),
)

/** A program of the table by its short name. */
export function program(key: string): Program {
  const known = programs.get(key)
  if (known === undefined) throw new Error(`programs.ts: no program ${key}`)
  return known
}

/** A file nobody has signed, as a downloaded or built program is. */
export const unsigned = (image: string): Program => ({
  image,
  version: '-',
  description: '-',
  product: '-',
  company: '-',
  original: '-',
  hashes: `SHA256=${hexOf(64, 'sha256', image).toUpperCase()},IMPHASH=${hexOf(32, 'imphash', image).toUpperCase()}`,
})
