// Why somebody says so, for whoever reads it in a year.
import { Field } from '../../parts/basics.tsx'

interface ReasonFieldProps {
  readonly value: string
  readonly onChange: (reason: string) => void
}

export const ReasonField = ({ value, onChange }: ReasonFieldProps) => (
  <Field label="Reason" hint="for whoever reads it in a year">
    <textarea
      className="input"
      rows={2}
      maxLength={2000}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  </Field>
)
