"""The talk about sales units: what a unit may call and still spend, why something was refused, who approves, forming and changing units."""
