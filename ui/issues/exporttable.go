package issues

import "github.com/earshot-app/earshot/assets/text"

// tableNames and presetNames are what a person reads of what the terminal calls
// ranking, data and so on.
var (
	tableNames = map[string]text.Key{
		Ranking: "issues.export-ranking", Moments: "issues.export-moments", Calls: "issues.export-calls", Draws: "issues.export-draw",
		Book: "issues.export-codebook", Unlump: "issues.as-cards", Mismatch: "issues.as-table", Categories: "issues.as-list",
		Trend: "issues.export-trend", Agreement: "issues.export-agreement", Dictionary: "issues.export-dictionary",
	}
	presetNames = map[string]text.Key{
		Spreadsheet: "issues.export-spreadsheet", Data: "issues.export-data", Jira: "issues.export-jira",
	}
)

// tables are those that are offered beside the one that was asked for: what
// belongs to the same page of the screen.
func (e *export) tables() []string {
	switch e.asked {
	case Unlump, Mismatch, Categories:
		return []string{Unlump, Mismatch, Categories, Moments, Dictionary}
	case Trend:
		return []string{Trend, Ranking, Moments, Dictionary}
	}
	if len(e.sessions) > 0 {
		return []string{Ranking, Moments, Calls, Draws, Book, Agreement, Dictionary}
	}
	return []string{Ranking, Moments, Calls, Draws, Book, Dictionary}
}

// presets are for whom those can be written. Jira's importer makes issues of
// issues, so that it is offered beside the ranking alone.
func (e *export) presets() []string {
	if e.asked == Ranking {
		return []string{Spreadsheet, Data, Jira}
	}
	return []string{Spreadsheet, Data}
}
