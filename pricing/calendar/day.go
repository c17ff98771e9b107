package calendar

// Day is a day "2006-01-02"; dates compare as strings.
type Day string
