package lockin

// sellerName is what the catalogue calls a provider, else its id.
func (m *market) sellerName(id string) string {
	if m.catalog != nil {
		if name := m.catalog.Seller(id).Name; name != "" {
			return name
		}
	}
	return or1(id, Unknown)
}

// modelName is what the catalogue calls a model, else its id.
func (m *market) modelName(id string) string {
	if m.catalog != nil {
		if model, ok := m.catalog.Model(id); ok && model.Name != "" {
			return model.Name
		}
	}
	return id
}
