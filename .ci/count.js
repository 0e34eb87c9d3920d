import { readFileSync } from 'node:fs'

// Prints 'N passed, N failed' from the runner's JSON report. A test file that did not load has no
// tests to count: it counts as one failure. So do steps that failed besides the tests.

const [report, brokenSteps] = process.argv.slice(2)
const text = readFileSync(report, 'utf8')
const { numPassedTests = 0, numFailedTests = 0, testResults = [] } = text ? JSON.parse(text) : {}
const brokenFiles = testResults.filter(
  ({ status, assertionResults }) =>
    status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
)
const failed = numFailedTests + brokenFiles.length + Number(brokenSteps)
process.stdout.write(`${numPassedTests} passed, ${failed} failed\n`)
