// Reads the response of every successful vector through the generated models.
import com.squareup.moshi.Json
import java.io.File
import java.time.OffsetDateTime
import java.util.UUID
import kotlin.reflect.full.*
import kotlin.system.exitProcess
import wire.infrastructure.Serializer

typealias Node = Map<String, Any?>

fun main() {
    val reasons = read("inexpressible.json")
    val report = mutableMapOf<String, List<String>>()
    for (file in File("contract/vectors").listFiles()!!.sorted()) {
        val vector = read(file.path)
        val fault = faultOf(vector.at("response"), vector.at("expect")) ?: continue
        val listed = vector["name"] in reasons
        val outcome = if (fault.isEmpty() == listed) "failed" else if (listed) "inexpressible" else "passed"
        println("${vector["name"]}: $outcome $fault")
        report[outcome] = report[outcome].orEmpty() + "${vector["name"]}"
    }
    File("report.json").writeText(json.toJson(report))
    if ("failed" in report) exitProcess(1)
}

/** Describes what is wrong with the result of a vector: "" if nothing is, null if it has no result. */
fun faultOf(response: Node, expect: Node): String? = try {
    val body = (response["body"] as List<*>).joinToString("\n")
    expect["model"]?.let { Serializer.moshi.adapter(classOf(it)).fromJson(body) }?.let { result ->
        expect.at("values").filterNot { (path, wanted) -> isExpected(valueAt(result, path), wanted as Node) }
    }?.keys?.joinToString()
} catch (unreadable: Exception) {
    "$unreadable"
}

fun valueAt(result: Any, path: String) = Regex("\\w+").findAll(path).fold<_, Any?>(result) { owner, step ->
    if (owner is List<*>) owner[step.value.toInt()] else child(owner!!, step.value)
}

/** Returns the value of a property by its name in JSON: `size` is `propertySize` in Kotlin. */
fun child(owner: Any, name: String): Any? {
    val named = owner::class.primaryConstructor!!.parameters.first { it.findAnnotation<Json>()?.name == name }.name
    return owner::class.memberProperties.first { it.name == named }.getter.call(owner)
}

fun isExpected(found: Any?, expected: Node): Boolean = when (expected["kind"]) {
    "null", "absent" -> found == null
    "uuid" -> found == UUID.fromString("${expected["value"]}")
    "instant" -> (found as OffsetDateTime).isEqual(OffsetDateTime.parse("${expected["value"]}"))
    "list" -> (found as List<*>).size.toDouble() == expected["length"]
    "model" -> found!!.javaClass == classOf(expected["model"]!!)
    "constant" -> "$found" == "${classOf(expected["enum"]!!).getField("${expected["constant"]}")[null]}"
    else -> (if (found is Int) found.toDouble() else found) == expected["value"]
}

fun classOf(name: Any): Class<*> = Class.forName("wire.models.$name")
val json = Serializer.moshi.adapter(Any::class.java)
@Suppress("UNCHECKED_CAST") fun read(file: String) = json.fromJson(File(file).readText()) as Node
@Suppress("UNCHECKED_CAST") fun Node.at(name: String) = this[name] as Node
