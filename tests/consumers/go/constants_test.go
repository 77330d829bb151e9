package consumer

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"
)

// constants returns the generated constants by enum and name. Go cannot look up a constant by name
// at run time, so this reads the generated source.
func constants(t *testing.T) map[string]map[string]string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "generated/wire.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]map[string]string{}
	ast.Inspect(file, func(node ast.Node) bool {
		spec, isValue := node.(*ast.ValueSpec)
		if !isValue || len(spec.Values) != 1 {
			return true
		}
		enum, isNamed := spec.Type.(*ast.Ident)
		value, isLiteral := spec.Values[0].(*ast.BasicLit)
		if isNamed && isLiteral {
			if found[enum.Name] == nil {
				found[enum.Name] = map[string]string{}
			}
			found[enum.Name][spec.Names[0].Name] = value.Value
		}
		return true
	})
	return found
}

// constantName returns a name of x-enum-varnames as oapi-codegen writes it: with the enum's name, and
// without underscores.
func constantName(enum, name string) string { return enum + strings.ReplaceAll(name, "_", "") }
