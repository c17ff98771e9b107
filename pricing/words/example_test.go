package words_test

import (
	"fmt"
	"time"

	"headroom/pricing/words"
)

func ExampleMoney() {
	fmt.Println(words.Money("USD", 8350.6))
	fmt.Println(words.Money("USD", -102_870))
	fmt.Println(words.Money("EUR", 4.5))
	// Output:
	// $8,351
	// −$103k
	// €4.50
}

func ExampleCount() {
	fmt.Printf("%q\n", words.Count(3_880_585)) // the space before M does not break
	// Output: "3.88\u00a0M"
}

func ExampleGroup() {
	fmt.Println(words.Group("-1234567.50"))
	// Output: −1,234,567.50
}

func ExamplePlural() {
	fmt.Println(words.Plural(1, "field needs", "fields need"))
	fmt.Println(words.Plural(3, "field needs", "fields need"))
	// Output:
	// 1 field needs
	// 3 fields need
}

func ExampleList() {
	fmt.Println(words.List([]string{"Azure", "Bedrock", "Vertex"}))
	// Output: Azure, Bedrock and Vertex
}

func ExampleMonth() {
	fmt.Println(words.Month(2027, time.January))
	// Output: January 2027
}

func ExampleDay() {
	delivered := time.Date(2026, time.January, 2, 0, 0, 0, 0, time.UTC)
	fmt.Println(words.Day(delivered.Date()))
	// Output: 2 Jan 2026
}

func ExampleAboutDays() {
	fmt.Println(words.AboutDays(14))
	// Output: about 2 weeks
}
