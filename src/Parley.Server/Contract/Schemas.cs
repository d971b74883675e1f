using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.OpenApi;
using Parley.Conversations.Shapes;
using Parley.Platform;
using Parley.Workspaces;

namespace Parley.Server.Contract;

/// <summary>
/// Describes the records that travel as JSON, the way Parley writes it: what is absent is left out and never null, ids and enums are
/// strings. (The framework's own descriptions know neither, and lose the items of lists of ids.)
/// </summary>
internal sealed class Schemas(OpenApiDocument document)
{
    private readonly NullabilityInfoContext _nullability = new();

    public SortedDictionary<string, IOpenApiSchema> All { get; } = new(StringComparer.Ordinal);

    /// <summary>The name under which a record stands in the document; one nested in <c>AgentsApi</c> is <c>Agents…</c>.</summary>
    public static string Name(Type type)
    {
        var own = type.IsGenericType ? $"{type.Name[..type.Name.IndexOf('`')]}Of{string.Concat(type.GetGenericArguments().Select(Name))}" : Trimmed(type.Name, "Shape");
        return type.DeclaringType is { } outer && !type.IsGenericType && Trimmed(outer.Name, "Api") is var prefix && prefix != own ? prefix + own : own;
    }

    public IOpenApiSchema Of(Type type) => type == typeof(Calendar)
        ? new OpenApiSchema { OneOf = [new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["always"] }, Of(typeof(Timetable))] }
        : (IOpenApiSchema?)Simple(Nullable.GetUnderlyingType(type) ?? type) ?? (IOpenApiSchema?)Listed(type) ?? Named(type);

    /// <summary>The fields of a record, without a name of its own.</summary>
    public OpenApiSchema Fields(Type type)
    {
        var optional = type.GetConstructors().SelectMany(constructor => constructor.GetParameters()).Where(parameter => parameter.HasDefaultValue).Select(parameter => parameter.Name).ToHashSet();
        var schema = new OpenApiSchema { Type = JsonSchemaType.Object, Properties = new Dictionary<string, IOpenApiSchema>(), Required = new HashSet<string>() };
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetCustomAttribute<JsonIgnoreAttribute>() is null && property.GetCustomAttribute<JsonExtensionDataAttribute>() is null && property.GetIndexParameters().Length == 0))
        {
            var name = property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            schema.Properties[name] = Of(property.PropertyType);
            var absent = Nullable.GetUnderlyingType(property.PropertyType) is not null || _nullability.Create(property).ReadState == NullabilityState.Nullable;
            if (!absent && !optional.Contains(property.Name))
            {
                schema.Required.Add(name);
            }
        }

        return schema;
    }

    private static string Trimmed(string name, string ending) => name.EndsWith(ending, StringComparison.Ordinal) ? name[..^ending.Length] : name;

    private static OpenApiSchema? Simple(Type type) => type switch
    {
        _ when type == typeof(string) || type == typeof(Guid) || IsId(type) => new() { Type = JsonSchemaType.String },
        _ when type == typeof(bool) => new() { Type = JsonSchemaType.Boolean },
        _ when type == typeof(int) || type == typeof(long) => new() { Type = JsonSchemaType.Integer },
        _ when type == typeof(double) => new() { Type = JsonSchemaType.Number },
        _ when type == typeof(DateTimeOffset) => new() { Type = JsonSchemaType.String, Format = "date-time" },
        _ when type == typeof(LocalText) => new() { OneOf = [new OpenApiSchema { Type = JsonSchemaType.String }, new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.String } }] },
        _ when type == typeof(FormValue) => new()
        {
            OneOf =
            [
                new OpenApiSchema { Type = JsonSchemaType.String },
                new OpenApiSchema { Type = JsonSchemaType.Number },
                new OpenApiSchema { Type = JsonSchemaType.Boolean },
                new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
            ],
        },
        _ when type == typeof(JsonElement) || type == typeof(object) => new(),
        _ when type == typeof(IFormFile) => new() { Type = JsonSchemaType.String, Format = "binary" },
        { IsEnum: true } => new() { Type = JsonSchemaType.String, Enum = [.. type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(value => (JsonNode)Word(value))] },
        _ => null,
    };

    /// <summary>The word that stands for a value, as the serializer writes it.</summary>
    private static string Word(FieldInfo value) => value.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(value.Name);

    private OpenApiSchema? Listed(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        var interfaces = type.GetInterfaces().Append(type).Where(face => face.IsGenericType).ToList();
        if (interfaces.Find(face => face.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)) is { } map)
        {
            return new() { Type = JsonSchemaType.Object, AdditionalProperties = Of(map.GetGenericArguments()[1]) };
        }

        return typeof(IEnumerable).IsAssignableFrom(type) && interfaces.Find(face => face.GetGenericTypeDefinition() == typeof(IEnumerable<>)) is { } list
            ? new() { Type = JsonSchemaType.Array, Items = Of(list.GetGenericArguments()[0]) }
            : null;
    }

    private OpenApiSchemaReference Named(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        var name = Name(type);
        if (All.TryAdd(name, new OpenApiSchema()))
        {
            All[name] = Fields(type);
        }

        return new OpenApiSchemaReference(name, document);
    }

    private static bool IsId(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Id<>);
}
