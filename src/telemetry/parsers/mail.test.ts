// Letters on their way, and who logged in to read them: Postfix, Exim, Sendmail, Dovecot.
import { at, goldens } from './goldens.test.ts'

goldens('letters', [
  [
    'Mar  2 14:01:02 mx postfix/smtpd[9]: NOQUEUE: reject: RCPT from mail.example[192.0.2.7]: 454 4.7.1 <x@y.example>: Relay access denied; from=<a@b.example> to=<c@d.example> proto=ESMTP helo=<mail.example>',
    {
      class_uid: 4009,
      outcome: 'failure',
      src_ip: '192.0.2.7',
      src_host: 'mail.example',
      'fields.code': '454',
      'fields.enhanced': '4.7.1',
      'fields.reason': 'Relay access denied',
      'fields.helo': 'mail.example',
    },
  ],
  [
    'Mar  2 14:01:02 mx postfix/smtp[9]: 85EE1E34DB: to=<bob@example.com>, relay=mx.example.com[198.51.100.4]:25, delay=1.2, delays=0.1/0/0.5/0.6, dsn=2.0.0, status=sent (250 ok)',
    {
      activity_id: 1,
      dst_ip: '198.51.100.4',
      dst_port: 25,
      'fields.status': 'sent',
      'fields.dsn': '2.0.0',
      'fields.reason': '250 ok',
    },
  ],
  [
    'Mar  2 14:01:02 mx postfix/submission/smtpd[9]: warning: non-SMTP command from unknown[192.0.2.7]: GET / HTTP/1.1',
    { src_ip: '192.0.2.7', command_line: 'GET / HTTP/1.1' },
  ],
  [
    '2026-03-02 14:01:02 1w7Abc-0001Ab-2C <= ada@example.org H=mail.example.org (helo.example) [192.0.2.4]:5512 P=esmtpsa A=plain_login:ada S=1234 id=abc@example.org T="Hello you" from <ada@example.org> for bob@example.com',
    {
      time: at,
      activity: 'letter received',
      user: 'ada',
      src_ip: '192.0.2.4',
      src_port: 5512,
      src_host: 'mail.example.org',
      'fields.from': 'ada@example.org',
      'fields.subject': 'Hello you',
      'fields.queue': '1w7Abc-0001Ab-2C',
    },
  ],
  [
    '2026-03-02 14:01:02 1w7Abc-0001Ab-2C => bob@example.com R=dnslookup T=remote_smtp H=mx.example.com [198.51.100.4]:25 C="250 OK"',
    {
      activity: 'letter handed on',
      dst_ip: '198.51.100.4',
      'fields.to': 'bob@example.com',
      'fields.transport': 'remote_smtp',
    },
  ],
  [
    '2026-03-02 14:01:02 H=(x) [192.0.2.9] F=<a@b.example> rejected RCPT <c@d.example>: relay not permitted',
    {
      outcome: 'failure',
      'fields.from': 'a@b.example',
      'fields.to': 'c@d.example',
      'fields.reason': 'relay not permitted',
    },
  ],
  [
    'Mar  2 14:01:02 mx sm-mta[812]: 4228aBcD000123: from=<ada@example.org>, size=1234, class=0, nrcpts=1, msgid=<abc@example.org>, proto=ESMTP, daemon=MTA, relay=mail.example.org [192.0.2.4]',
    { activity_id: 2, src_ip: '192.0.2.4', 'fields.message_id': 'abc@example.org' },
  ],
])

goldens('logins at mail servers', [
  [
    '2026-03-02 14:01:02 login authenticator failed for (User) [192.0.2.9]:5512: 535 Incorrect authentication data (set_id=info@example.com)',
    { class_uid: 3002, outcome: 'failure', user: 'info', src_ip: '192.0.2.9', 'fields.authenticator': 'login' },
  ],
  [
    'Mar  2 14:01:02 mx dovecot: imap-login: Login: user=<ada@example.org>, method=PLAIN, rip=192.0.2.4, lip=10.0.0.1, mpid=18, TLS, session=<abc>',
    {
      outcome: 'success',
      user: 'ada',
      src_ip: '192.0.2.4',
      dst_ip: '10.0.0.1',
      'fields.session': 'abc',
      'fields.method': 'PLAIN',
    },
  ],
  [
    'Mar  2 14:01:02 mx dovecot: auth-worker(9): pam(ada,192.0.2.4,<s>): pam_authenticate() failed: Authentication failure (password mismatch?)',
    {
      outcome: 'failure',
      user: 'ada',
      src_ip: '192.0.2.4',
      'fields.backend': 'pam',
      'fields.auth_func': 'pam_authenticate()',
    },
  ],
])
