using System.Text;
using McpRuntime.Calls.Serialization;
using McpRuntime.Http;
using McpRuntime.Manifests;

namespace McpRuntime.Calls.Plan;

/// <summary>A stretch of the path: encoded text, or an argument.</summary>
internal sealed record PathPiece(string? Literal, PlannedArgument? Argument)
{
    public static IReadOnlyList<PathPiece> Split(
        EndpointTemplate endpoint,
        IReadOnlyList<PlannedArgument> arguments,
        IReadOnlyList<FixedValue> fixedValues
    )
    {
        var pieces = new List<PathPiece>();
        var literal = new StringBuilder();
        var path = endpoint.Path;
        for (var i = 0; i < path.Length; )
        {
            var open = path.IndexOf('{', i);
            var close = open < 0 ? -1 : path.IndexOf('}', open);
            if (close < 0)
                open = path.Length;
            UrlText.AppendLiteral(literal, path.AsSpan(i, open - i));
            if (close < 0)
                break;
            var name = path[(open + 1)..close];
            if (
                fixedValues.FirstOrDefault(value => value.In == ArgumentLocation.Path && value.Name == name) is
                { } known
            )
            {
                UrlText.Append(literal, FixedValues.Text(known), UrlSet.Unreserved);
            }
            else
            {
                var argument = arguments.FirstOrDefault(argument =>
                    argument.In == ArgumentLocation.Path && argument.WireName == name
                )
                    ?? throw new CallException(
                        $"The endpoint '{endpoint.Method} {path}' has {{{name}}} in its path, but no argument "
                            + $"fills it. Bind an argument to it: arguments: {{ {name}: {{ in: path, name: "
                            + $"{name} }} }}."
                    );
                if (literal.Length > 0)
                    pieces.Add(new PathPiece(literal.ToString(), null));
                literal.Clear();
                pieces.Add(new PathPiece(null, argument));
            }
            i = close + 1;
        }
        if (literal.Length > 0)
            pieces.Add(new PathPiece(literal.ToString(), null));
        return pieces;
    }
}
