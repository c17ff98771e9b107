// Package commitment turns a month's bills into what is owed and what is paid: negotiated discounts, promised spend
// with carry-over and shortfall, credits that expire.
//
// It knows numbers only: providers are indices, months count from the start of the plan. [Terms] never change; a
// [Balance] is where the plan stands at the start of a month; a [Statement] is what one month comes to. Settling a
// month changes neither the terms nor the balance, so that one month can be settled for any number of users before one
// of them is booked.
package commitment
