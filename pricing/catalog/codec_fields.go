package catalog

func (c *codec) snapshot(s *Snapshot) {
	text(c, &s.ID)
	text(c, &s.AsOf)
	list(c, &s.Sources, (*codec).source)
	list(c, &s.Sellers, (*codec).seller)
	list(c, &s.Labs, (*codec).lab)
	list(c, &s.Models, (*codec).model)
	list(c, &s.Offers, (*codec).offer)
}

func (c *codec) source(v *Source) {
	text(c, &v.ID)
	text(c, &v.Name)
	text(c, &v.URL)
	text(c, &v.Licence)
	text(c, &v.AsOf)
	text(c, &v.Note)
}

func (c *codec) seller(v *Seller) {
	text(c, &v.ID)
	text(c, &v.Name)
	text(c, &v.Kind)
	text(c, &v.URL)
}

func (c *codec) lab(v *Lab) {
	text(c, &v.ID)
	text(c, &v.Name)
}

func (c *codec) model(v *Model) {
	text(c, &v.ID)
	text(c, &v.Name)
	text(c, &v.Lab)
	text(c, &v.Family)
	c.known(&v.OpenWeights)
	c.int(&v.ContextTokens)
	text(c, &v.Released)
	text(c, &v.Knowledge)
	c.known(&v.Reasoning)
}

func (c *codec) known(v *Known) {
	u := uint64(*v)
	c.uint(&u)
	if u > uint64(Yes) {
		c.fail("a fact is neither unknown, no nor yes but %d", u)
		u = 0
	}
	if !c.writing {
		*v = Known(u)
	}
}

func (c *codec) offer(v *Offer) {
	text(c, &v.Provider)
	text(c, &v.NativeID)
	list(c, &v.Aliases, text[string])
	text(c, &v.Scope)
	text(c, &v.Model)
	text(c, &v.Lab)
	text(c, &v.Variant)
	text(c, &v.Commitment)
	c.bool(&v.OnRequest)
	text(c, &v.Release)
	c.bool(&v.Latest)
	text(c, &v.Mode)
	c.int(&v.ContextTokens)
	c.int(&v.MaxOutputTokens)
	list(c, &v.InputModalities, text[string])
	list(c, &v.OutputModalities, text[string])
	c.known(&v.Tools)
	text(c, &v.Retires)
	text(c, &v.Lifecycle)
	list(c, &v.Rows, (*codec).row)
	list(c, &v.Conflicts, (*codec).conflict)
	list(c, &v.Evidence, (*codec).row)
}

func (c *codec) row(v *Row) {
	text(c, &v.From)
	text(c, &v.Until)
	text(c, &v.Status)
	text(c, &v.Source)
	text(c, &v.Key)
	text(c, &v.AsOf)
	text(c, &v.URL)
	text(c, &v.Note)
	c.table(v)
}

func (c *codec) conflict(v *Conflict) {
	text(c, &v.Source)
	text(c, &v.AsOf)
	text(c, &v.Dimension)
	text(c, &v.Tier)
	c.int(&v.Above)
	c.rate(&v.Rate)
	text(c, &v.Note)
}
